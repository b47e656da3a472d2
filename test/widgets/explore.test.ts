import assert from "node:assert/strict";
import { test } from "node:test";
import { table } from "arquero";
import { toGrid } from "../../lib/notebook/grid";
import { explore } from "../../lib/widgets/explore";
import { newTableSearch } from "../../lib/widgets/tableQuery";
import { withFrontEnd } from "./fakeFrontEnd";

const ROWS = [
  { name: "Coat 10", price: 5.5, day: new Date("2024-03-01"), sold: true },
  { name: "coat 9", price: null, day: new Date("2024-01-15"), sold: false },
  { name: "Bag", price: -1, day: null, sold: true },
  { name: "Shirt", price: 20, day: new Date("2025-01-01"), sold: false },
];

const find = (change: object) => [
  ...newTableSearch(toGrid(ROWS))({ sort: -1, descending: false, filters: [], page: 0, ...change }),
];
const filtered = (column: number, text: string) =>
  find({ filters: Object.assign(["", "", "", ""], { [column]: text }) });

test("rows are sorted by numbers, dates, words with numbers in them; gaps come last either way", () => {
  assert.deepEqual(find({}), [0, 1, 2, 3]);
  assert.deepEqual(find({ sort: 0 }), [2, 1, 0, 3]);
  assert.deepEqual(find({ sort: 1 }), [2, 0, 3, 1]);
  assert.deepEqual(find({ sort: 1, descending: true }), [3, 0, 2, 1]);
  assert.deepEqual(find({ sort: 2, descending: true }), [3, 0, 1, 2]);
  assert.deepEqual(find({ sort: 3 }), [1, 3, 0, 2]);
  assert.deepEqual(find({ sort: 9 }), [0, 1, 2, 3]);
});

test("rows are filtered by a part of the text, or by comparisons of numbers and days", () => {
  assert.deepEqual(filtered(0, "COAT"), [0, 1]);
  assert.deepEqual(filtered(1, "> 5.5"), [3]);
  assert.deepEqual(filtered(1, ">=5.5"), [0, 3]);
  assert.deepEqual(filtered(1, "<= -1"), [2]);
  assert.deepEqual(filtered(1, "= 20"), [3]);
  assert.deepEqual(filtered(1, "-1..5.5"), [0, 2]);
  assert.deepEqual(filtered(2, "> 2024-02"), [0, 3]);
  assert.deepEqual(filtered(2, "2024-01-01 .. 2024-12-31"), [0, 1]);
  assert.deepEqual(filtered(2, "2024"), [0, 1]);
  assert.deepEqual(filtered(3, "true"), [0, 2]);
  assert.deepEqual(filtered(0, "(*"), []);
  assert.deepEqual(find({ filters: ["coat", "> 0", "", ""], sort: 1 }), [0]);
});

test("explore() sends the page that a front end asks for, and its value tells how the table is looked at", () =>
  withFrontEnd(({ states, shown, move }) => {
    const count = 60_000;
    const numbers = Float64Array.from({ length: count }, (_, row) => (row * 7919) % count);
    const widget = explore(table({ row: Array.from(numbers, (_, row) => row), number: numbers }), { rows: 3 });
    const id = shown(widget);
    const page = () => states.get(id)?.shown as { cells: string[][]; found: number };
    assert.deepEqual([page().cells, page().found, states.get(id)?.count], [[["0", "0"], ["1", "7919"], ["2", "15838"]], count, count]); // prettier-ignore
    const start = performance.now();
    move(id, { query: { sort: 1, descending: true, filters: ["", "< 30000"], page: 1 } });
    const spent = performance.now() - start;
    assert.deepEqual(
      page().cells.map(([, number]) => number),
      ["29996", "29995", "29994"],
    );
    assert.deepEqual([page().found, widget.value.page], [30_000, 1]);
    assert.ok(spent < 1000, `${spent} ms`);
    move(id, { query: { sort: "x" } });
    assert.equal(widget.value.sort, 1);
  }));

test("beside the living table stands the still one, with all that table() shows", () => {
  const bundle = (explore(ROWS) as never as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]();
  assert.match(bundle["text/html"], /<td[^>]*>Coat 10<\/td>/);
  assert.match(bundle["text/plain"], /4 rows × 4 columns/);
  assert.throws(() => explore(5 as never), { name: "TypeError" });
});
