import assert from "node:assert/strict";
import { after, test } from "node:test";
import { holdsWord } from "../../lib/commands/test";
import { newProject } from "./project";

const project = newProject();
after(() => project.remove());

test("test runs the files that are asked for, fails when one does, and looks at the format first when all are", async () => {
  const file = (passes: boolean) => `import assert from "node:assert/strict";
import { test } from "node:test";

test("one is one", () => assert.equal(${passes ? 1 : 2}, 1));
`;
  project.write("test/good.test.ts", file(true));
  project.write("test/deep/bad.test.ts", file(false));
  project.write("test/helper.ts", "throw new Error('not a test');\n");
  const [good, both, all] = await Promise.all([
    project.run(["test", "good"]),
    project.run(["test", "good", "deep"]),
    project.run(["test"]),
  ]);
  assert.equal(good.code, 0, good.stdout + good.stderr);
  assert.match(good.stdout, /pass 1\n.*fail 0\n/s);
  assert.equal(both.code, 1);
  assert.match(both.stdout, /pass 1\n.*fail 1\n/s);
  assert.equal(all.code, 1);
  assert.match(all.stdout, /^FAIL {2}format {2}\d/m); // the helper has quotes of the wrong kind
  assert.doesNotMatch(all.stdout, /lint|pass 1/);
});

test("holdsWord() takes either slash for the other, as paths on Windows ask for", () => {
  assert.ok(holdsWord("test\\data\\csv.test.ts", "data/csv"));
  assert.ok(holdsWord("test/data/csv.test.ts", "data\\csv"));
  assert.ok(!holdsWord("test/data/csv.test.ts", "datacsv"));
});
