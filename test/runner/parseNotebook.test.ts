import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { formatNotebook, saveNotebook } from "../../lib/runner/formatNotebook";
import { loadNotebook, parseNotebook } from "../../lib/runner/parseNotebook";
import { code, notebookOf, notebookText, prose } from "./samples";

const fixture = join(__dirname, "../fixtures/notebooks/ok.ipynb");

test("formatNotebook() gives the text that parseNotebook() read, byte for byte", () => {
  const text = readFileSync(fixture, "utf8");
  assert.equal(formatNotebook(parseNotebook(text)), text);
});

test("formatNotebook() keeps attachments, the state of widgets, and what other programs note", () => {
  const picture = { ...prose("![a](attachment:a.png)\r\ntwo"), attachments: { "a.png": { "image/png": "iVBO" } } };
  const cell = code("slider", "skip-execution");
  cell.metadata = { ...cell.metadata, jupyter: { source_hidden: true }, vscode: { languageId: "typescript" } };
  const view = {
    "application/vnd.jupyter.widget-view+json": { model_id: "a", version_major: 2 },
    "text/plain": "IntSlider()",
  };
  cell.outputs = [{ output_type: "display_data", data: view, metadata: { isolated: true } }];
  const notebook = notebookOf(picture, cell);
  notebook.metadata.widgets = { "application/vnd.jupyter.widget-state+json": { state: { a: { value: 7.5 } } } };
  const text = formatNotebook(notebook);
  assert.deepEqual(parseNotebook(text), notebook);
  assert.equal(formatNotebook(parseNotebook(`\uFEFF${text.replace(/\n/g, "\r\n")}`)), text);
});

test("parseNotebook() joins lines, and formatNotebook() splits text but not JSON", () => {
  const cell = code("1\n2");
  const data = { "text/plain": "a\nb", "application/vnd.plotly.v1+json": { data: [], layout: { title: "a\nb" } } };
  cell.outputs = [{ output_type: "display_data", data, metadata: {} }];
  const text = formatNotebook(notebookOf(cell));
  const [saved] = JSON.parse(text).cells;
  assert.deepEqual(saved.source, ["1\n", "2"]);
  assert.deepEqual(saved.outputs[0].data, { ...data, "text/plain": ["a\n", "b"] });
  assert.deepEqual(parseNotebook(text).cells[0].outputs, cell.outputs);
});

test("parseNotebook() names cells without an id, and those whose id is taken, the same each time", () => {
  const text = notebookText(notebookOf(code("1"), code("2"), code("3")), (json) => {
    json.nbformat_minor = 2;
    const cells = json.cells as { id?: string }[];
    cells.forEach((cell) => delete cell.id);
    cells[2].id = "cell-1";
  });
  const { cells, nbformat_minor } = parseNotebook(text);
  assert.deepEqual([nbformat_minor, ...cells.map(({ id }) => id)], [5, "cell-1", "cell-2", "cell-1-2"]);
});

test("parseNotebook() says which file and cell are wrong, and how", () => {
  const good = notebookOf(prose("# A"), code("1"));
  const withCell = (change: object) => notebookText(good, (json) => Object.assign((json.cells as object[])[1], change));
  const cases: [string, string][] = [
    ["", "the file is empty"],
    ["[]", "its JSON is not an object"],
    ['{"nbformat":3}', "nbformat is 3, 4 is wanted; open it in JupyterLab and save it again"],
    ['{"nbformat":4}', "it has no list of cells"],
    ['{"nbformat":4,"cells":[7]}', "cell 1 is not an object"],
    [withCell({ cell_type: "heading" }), 'cell 2 has the type "heading"; code, markdown or raw is wanted'],
    [withCell({ source: 7 }), "cell 2 has no source text"],
    [withCell({ metadata: { tags: "parameters" } }), 'cell 2 has the tags "parameters"; a list of strings is wanted'],
    [
      withCell({ outputs: [{ output_type: "pyout" }] }),
      'cell 2 has an output of the type "pyout", which nbformat 4 does not know',
    ],
  ];
  for (const [text, what] of cases)
    assert.throws(() => parseNotebook(text, "a.ipynb"), new SyntaxError(`a.ipynb is not a notebook: ${what}`));
  assert.throws(() => parseNotebook("{,", "a.ipynb"), { name: "SyntaxError", message: /^a\.ipynb .* not JSON \(/ });
});

test("saveNotebook() makes folders, replaces the file, and leaves nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
  const file = join(folder, "deep", "a.ipynb");
  saveNotebook(file, notebookOf(code("1")));
  saveNotebook(file, notebookOf(code("2")));
  assert.equal(loadNotebook(file).cells[0].source, "2");
  assert.deepEqual(readdirSync(join(folder, "deep")), ["a.ipynb"]);
  const inTheWay = join(file, "b.ipynb");
  const message = new RegExp(`^The notebook ${inTheWay.replace(/\\/g, "\\\\")} could not be written: E[A-Z]+: `);
  assert.throws(() => saveNotebook(inTheWay, notebookOf(code("1"))), { message, code: /^E/ });
  rmSync(folder, { recursive: true });
});
