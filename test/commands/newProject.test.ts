import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { templates } from "../../lib/commands/project/templates";
import { typecheckCells } from "../../lib/runner/typecheckCells";
import { formatDiagnostic } from "../../lib/runner/formatDiagnostic";
import { newProject } from "./project";

const project = newProject();
after(() => project.remove());

test("new lays out notebooks that learn from the data beside them, with the project's own kernel", async () => {
  const folder = join(project.folder, "elsewhere", "My Flowers");
  const laid = await project.run(["new", folder]);
  assert.equal(laid.code, 0, laid.stderr);
  assert.match(
    laid.stdout,
    /My Flowers: \d+ files\. To run the first notebook:\n\n {2}npm run notebook -- ".*table\.ipynb" --html\n/,
  );
  assert.equal(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name, "my-flowers");
  assert.deepEqual(readdirSync(join(folder, "data", "shapes")), ["circle", "cross", "square"]);
  const notebooks = templates.map(({ name }) => join(folder, `${name}.ipynb`));
  assert.deepEqual(typecheckCells(notebooks).map(formatDiagnostic), []); // prettier-ignore
  const [, pictures] = notebooks; // that of a table runs in the test of the kernel's package
  const { code, stdout } = await project.run(["notebook", pictures, "--html"]);
  assert.equal(code, 0, stdout);
  const accuracy = Number(/testAccuracy = ([\d.]+)/.exec(stdout)?.[1]);
  assert.ok(accuracy > 0.6, stdout); // by chance 0.33; fit() orders the pictures anew in each run
  assert.ok(existsSync(pictures.replace(/ipynb$/, "out.html")));
});

test("new refuses a folder in which something lies, and asks for one", async () => {
  const [full, none] = await Promise.all([project.run(["new", project.folder]), project.run(["new"])]);
  assert.deepEqual([full.code, none.code], [2, 2]);
  assert.match(full.stderr, /is not empty; give the path of a new folder, so that nothing is lost\n$/);
  assert.match(none.stderr, /^One folder is wanted, 0 were given\. Usage: npm run new -- FOLDER\n$/);
});

test("a template's lines fit a page", () => {
  for (const { cells } of templates)
    for (const cell of cells)
      if (typeof cell !== "string")
        for (const line of cell.code) assert.ok(line.length <= 108, `${line.length}: ${line}`);
});
