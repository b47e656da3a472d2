import assert from "node:assert/strict";
import { test } from "node:test";
import { cellTitles, notebookTitle } from "../../lib/runner/headings";
import { code, notebookOf, prose } from "./samples";

test("notebookTitle() is the first heading without its marks, or the name given", () => {
  const fenced = prose("```ts\n# no heading\n```\n\n# The **six-layer** [CNN](a.html) `fit` <br>\n## Two");
  assert.equal(notebookTitle(notebookOf(code("# x"), fenced), "file"), "The six-layer CNN fit");
  assert.equal(notebookTitle(notebookOf(prose("text")), "file"), "file");
});

test("cellTitles() names a cell after the nearest heading above, its first comment or line of code, or as it says", () => {
  const described = code("1; // x\n// papermill_description=Count to two\n2;");
  const cells = [code("// first\nconst a = 1;"), code("\n  const a = 1;"), prose("# A\n## B"), code("1"), described];
  const notebook = notebookOf(...cells);
  const titles = cellTitles(notebook);
  assert.deepEqual(
    notebook.cells.map((cell) => titles.get(cell)),
    ["first", "const a = 1;", undefined, "B", "Count to two"],
  );
});
