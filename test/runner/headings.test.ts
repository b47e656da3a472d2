import assert from "node:assert/strict";
import { test } from "node:test";
import { cellTitles, notebookTitle } from "../../lib/runner/headings";
import { code, notebookOf, prose } from "./samples";

test("notebookTitle() is the first heading without its marks, or the name given", () => {
  const fenced = prose("```ts\n# no heading\n```\n\n# The **six-layer** [CNN](a.html) `fit` <br>\n## Two");
  assert.equal(notebookTitle(notebookOf(code("# x"), fenced), "file"), "The six-layer CNN fit");
  assert.equal(notebookTitle(notebookOf(prose("text")), "file"), "file");
});

test("cellTitles() names a cell after the nearest heading above, or after its first line of code", () => {
  const cells = [code("// first\n\n  const a = 1;"), prose("# A\n## B"), code("1"), prose("text"), code("2")];
  const notebook = notebookOf(...cells);
  const titles = cellTitles(notebook);
  assert.deepEqual(
    notebook.cells.map((cell) => titles.get(cell)),
    ["const a = 1;", undefined, "B", undefined, "B"],
  );
});
