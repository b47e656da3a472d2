import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { holdsWord } from "../../lib/commands/test";
import { projectRoot } from "../../lib/files";
import { KEPT, newProject } from "./project";

const testGroup = join(projectRoot, "lib", "commands", "testGroup.js");
const project = newProject();
after(() => project.remove());

test("test runs the files that are asked for, fails when one does, and runs none where the format is wrong", async () => {
  const file = (passes: boolean) => `import assert from "node:assert/strict";
import { test } from "node:test";

test("one is one", () => assert.equal(${passes ? 1 : 2}, 1));
`;
  project.write("test/good.test.ts", file(true));
  project.write("test/deep/bad.test.ts", file(false));
  project.write("test/helper.ts", "throw new Error('not a test');\n");
  project.write(".oxfmtrc.json", JSON.stringify({ ignorePatterns: ["lib", "*.json", "setup.js"] }));
  project.write(".oxlintrc.json", JSON.stringify({ ignorePatterns: ["lib", "node_modules", "setup.js"] }));
  const tsconfig = JSON.parse(readFileSync(join(projectRoot, "tsconfig.json"), "utf8"));
  project.write("tsconfig.json", JSON.stringify({ ...tsconfig, include: undefined, files: ["test/good.test.ts"] }));
  const good = await project.run(["test", "good"]);
  const both = await project.run(["test", "good", "deep"]);
  const onlyFailed = await project.run(["test", "--failed", "test"]);
  project.write("test/deep/bad.test.ts", file(true));
  const all = await project.run(["test"]);
  const afterCheck = await project.run(["test", "--failed", "deep"]);
  const nothing = await project.run(["test", "--failed", "deep"]);
  assert.equal(good.code, 0, good.stdout + good.stderr);
  assert.match(good.stdout, /pass 1\n.*fail 0\n/s);
  assert.equal(both.code, 1);
  assert.match(both.stdout, /pass 1\n.*fail 1\n/s);
  assert.match(both.stdout, /✖ test\/deep\/bad\.test\.ts/);
  assert.equal(onlyFailed.code, 1);
  assert.match(onlyFailed.stdout, /pass 0\n.*fail 1\n/s);
  assert.deepEqual(nothing, { code: 0, stdout: "All test files passed when they ran last.\n", stderr: "" });
  assert.match(afterCheck.stdout, /pass 1\n/); // a check failed before it could run
  assert.equal(all.code, 1);
  assert.match(all.stdout, /^FAIL {2}format {2}\d/m); // the helper has quotes of the wrong kind
  assert.match(all.stdout, /^ok {4}lint {2}\d/m);
  assert.doesNotMatch(all.stdout, /pass 1/);
});

test("test runs the files that are asked for also where the kernels' snapshot is not there yet", async () => {
  unlinkSync(join(project.folder, KEPT)); // what all projects share
  project.write("test/good.test.ts", 'require("node:test").test("it ran", () => {});\n');
  const { code, stdout, stderr } = await project.run(["test", "good"]);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /✔ it ran/);
});

test("a group of test files that hangs ends, and says where and what was open", async () => {
  const hangs = 'require("node:test").test("hangs", () => new Promise(() => setInterval(() => {}, 1e6)));\n';
  const leaves = 'require("node:test").test("leaves", () => void setInterval(() => {}, 1e6));\n';
  const group = (file: string, limits: object) => {
    const entry = join(project.folder, `${file}.entry.js`);
    const words = [project.folder, [file], limits].map((value) => JSON.stringify(value));
    writeFileSync(entry, `require(${JSON.stringify(testGroup)})(${words.join(", ")});\n`);
    return spawnSync(process.execPath, [entry], { encoding: "utf8", env: { ...process.env, NODE_TEST_CONTEXT: "" } });
  };
  project.write("hangs.js", hangs);
  project.write("leaves.js", leaves);
  const hung = group("hangs.js", { longest: 500, grace: 60_000 });
  const left = group("leaves.js", { longest: 60_000, grace: 500 });
  assert.deepEqual([hung.status, left.status], [1, 1]);
  assert.match(hung.stderr, /^hangs\.js takes longer than 0\.5 s: ended\. What was open: .*Timeout.*\.$/m);
  assert.match(
    left.stderr,
    /^All its tests have ended, but the process goes on: ended\. What was open: .*Timeout.*\.$/m,
  );
});

test("holdsWord() takes either slash for the other, as paths on Windows ask for", () => {
  assert.ok(holdsWord("test\\data\\csv.test.ts", "data/csv"));
  assert.ok(holdsWord("test/data/csv.test.ts", "data\\csv"));
  assert.ok(!holdsWord("test/data/csv.test.ts", "datacsv"));
});
