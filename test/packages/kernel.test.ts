import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { projectRoot } from "../../lib/files";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import { code, notebookOf } from "../runner/samples";
import { faultsOf, newUser, type NewUser } from "./newUser";

let user: NewUser;
before(async () => {
  user = await newUser("kernel");
});
after(() => user.leave());

const packageOf = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

test("the kernel's command lays out a project and runs its notebook there", () => {
  const laid = user.command("atelier-kernel", ["init", "My Project"]);
  assert.match(
    laid,
    /My Project: \d+ files\. To run the first notebook:\n\n {2}cd "My Project"\n {2}npx atelier-kernel run table\.ipynb --html\n/,
  );
  const { version } = packageOf(projectRoot);
  assert.deepEqual(packageOf(join(user.folder, "My Project")).dependencies, { "atelier-kernel": version });
  const printed = user.command("atelier-kernel", ["run", join("My Project", "table.ipynb"), "--html"]);
  assert.match(printed, /on simd: compiled kernels/);
  assert.ok(Number(/testAccuracy = ([\d.]+)/.exec(printed)?.[1]) > 0.85, printed);
  assert.ok(existsSync(join(user.folder, "My Project", "table.out.html")));
  assert.match(user.command("atelier-kernel", ["run", join("My Project", "pictures.ipynb"), "--check"]), /no mistakes/);
});

test("the kernel's README example runs a notebook from a module, and its types are found either way", () => {
  const recorded = 'import { record } from "./lib/notebook/record"; record("testAccuracy", epochs / 20);';
  writeFileSync(
    join(user.folder, "table.ipynb"),
    formatNotebook(notebookOf(code("const epochs: number = 1;", "parameters"), code(recorded))),
  );
  assert.ok(user.example.split("\n").length <= 12, user.example);
  assert.match(user.run("example.mjs", user.example), /^ok \{ testAccuracy: 0.5 \}$/m);
  const deep =
    'import { confusionMatrix } from "atelier-kernel/lib/chart/confusionMatrix";\nconfusionMatrix([[1]], ["a"]).data;\n';
  for (const way of ["bundler", "node10"] as const) user.check(`${user.example}${deep}`, way);
});

test("the kernel is used from CommonJS, its module and its CommonJS being one, and so are the library's files", () => {
  const printed = user.run(
    "use.cjs",
    `const { kernelSpec, runNotebook } = require("atelier-kernel");
const { seededRandom } = require("atelier-kernel/lib/random");
import("atelier-kernel").then((other) =>
  console.log(kernelSpec("FILE").argv.at(-1), typeof seededRandom(1).uniform(), other.runNotebook === runNotebook));`,
  );
  assert.equal(printed, "FILE number true\n");
});

test("a notebook beside the package finds the library, and the packages it brings", async () => {
  const cell = 'import { confusionMatrix } from "./lib/chart/confusionMatrix"; import { parse } from "yaml"; console.log(confusionMatrix.name, parse("a: 5").a)'; // prettier-ignore
  assert.match(await user.inNotebook(cell), /confusionMatrix 5/);
});

test("the packages need what this project has, in the same versions", () => {
  const root = packageOf(projectRoot);
  for (const folder of ["backend", "recommender", "kernel"]) {
    const { version, license, engines, dependencies = {}, peerDependencies = {} } = packageOf(join(projectRoot, "lib", "packages", folder)); // prettier-ignore
    assert.deepEqual(
      { version, license, engines },
      { version: root.version, license: root.license, engines: root.engines },
    );
    for (const [name, wanted] of Object.entries({ ...dependencies, ...peerDependencies }))
      assert.equal(wanted, root.dependencies[name], `${folder}: ${name}`);
  }
});

test("publint and are-the-types-wrong find nothing in the kernel's tarball", async () => {
  assert.deepEqual(await faultsOf(user), []);
  assert.ok(user.tarball.size < 1_100_000, `${user.tarball.size} bytes`);
});
