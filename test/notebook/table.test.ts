import assert from "node:assert/strict";
import { table as arqueroTable } from "arquero";
import { test } from "node:test";
import { table } from "../../lib/notebook/table";
import { elementsOf } from "../chart/samples";
import { inFakeKernel, printed } from "./fakeKernel";

const text = (...given: Parameters<typeof table>) => printed(() => table(...given))[0].split("\n");
const html = async (...given: Parameters<typeof table>) =>
  String((await inFakeKernel(() => table(...given)))[0].data["text/html"]);

test("table() shows an arquero table with names, values and size", () => {
  const data = arqueroTable({ label: Uint8Array.of(9, 0), name: ["boot", "shirt"], share: [0.123456789, null] });
  assert.deepEqual(text(data), ["label  name    share", "    9  boot   0.1235", "    0  shirt", "2 rows × 3 columns"]);
});

test("table() shows the first and the last rows and columns and marks what it leaves out", () => {
  const wide = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`c${i}`, Int32Array.from({ length: 100 }, (_, r) => r)]),
  );
  const lines = text(arqueroTable(wide), { rows: 6, columns: 3 });
  assert.equal(lines[0].replace(/ +/g, " "), "c0 c1 … c19");
  assert.deepEqual(
    lines.slice(1, -1).map((line) => line.trim().split(/ +/)[0]),
    ["0", "1", "2", "3", "…", "98", "99"],
  );
  assert.equal(lines[lines.length - 1], "100 rows × 20 columns");
});

test("table() keeps a filter and an order", () => {
  const data = arqueroTable({ n: [3, 1, 2, 9] });
  const lines = text(data.filter((row: { n: number }) => row.n < 5).orderby("n"));
  assert.deepEqual(lines, ["n", "1", "2", "3", "3 rows × 1 column"]);
});

test("table() names the types and sets numbers right", async () => {
  const page = await html(
    arqueroTable({ label: Uint8Array.of(9), when: [new Date("2020-01-05")], name: ["boot"], none: [null] }),
  );
  for (const type of ["uint8", "date", "string"]) assert.ok(page.includes(`>${type}</small>`), type);
  assert.ok(page.includes('<td style="text-align:right">9</td>'));
  assert.ok(page.includes('<td style="text-align:left">2020-01-05</td>'));
});

test("table() takes plain objects and listings, and escapes them", async () => {
  const page = await html([{ name: "a <b> & c", size: 1 }, { name: "d", extra: true }]); // prettier-ignore
  elementsOf(page);
  assert.ok(page.includes("a &#60;b&#62; &#38; c") && page.includes("extra"));
  const listing = { columns: ["layer", "shape"], rows: [["conv2d", [26, 26, 32]]] };
  assert.deepEqual(text(listing), ["layer   shape", "conv2d  [3 values]", "1 row × 2 columns"]);
});

test("table() reads only the cells it shows", () => {
  let reads = 0;
  const names = Array.from({ length: 785 }, (_, index) => `pixel${index}`);
  const get = () => ++reads;
  printed(() => table({ numRows: () => 60_000, columnNames: () => names, get }));
  assert.ok(reads < 500, `${reads} reads`);
});

test("table() of no rows shows the columns", () => {
  assert.deepEqual(text(arqueroTable({ a: [], b: [] })), ["a  b", "0 rows × 2 columns"]);
});

test("table() refuses what is no table", () => {
  const message = "table(): give an arquero table, an array of objects or { columns, rows }";
  for (const wrong of [{}, 5, "abc", null, undefined, [null], [1]])
    assert.throws(() => table(wrong as never), { name: "TypeError", message });
});

test("table() shows values of every kind in a line each", () => {
  const circle: Record<string, unknown> = Object.create(null);
  circle.again = circle;
  const angry = { toString: () => assert.fail("asked") };
  const cells = [{ a: 1 }, new Map([[1, 2]]), circle, angry, Symbol("s"), "one\ntwo", "x".repeat(1e6), new Date(NaN)];
  const lines = text(cells.map((cell) => ({ cell })), { rows: 10 }); // prettier-ignore
  assert.deepEqual(lines.slice(1, 4), ["{ a: 1 }", "Map(1) { 1 => 2 }", "<ref *1> [Object: null prototype] { again: [Circular *1] }"]); // prettier-ignore
  assert.match(lines[4], /^\{ toString: \[Function/);
  assert.deepEqual(lines.slice(5), ["Symbol(s)", "one two", `${"x".repeat(200)}…`, "", "8 rows × 1 column"]);
});

const column = (...values: unknown[]) => text(values.map((value) => ({ value }))).slice(1, -1).map((line) => line.trim()); // prettier-ignore

test("table() writes the numbers of a column in one format", () => {
  assert.deepEqual(column(197.634123, 248.1, 183.12), ["197.63", "248.10", "183.12"]);
  assert.deepEqual(column(0.000316456, 0.0000821699, 0), ["0.0003165", "0.0000822", "0.0000000"]);
  assert.deepEqual(column(12.5, 3, 1234.75), ["12.50", "3.00", "1234.75"]);
  assert.deepEqual(column(1, 2.5e-12), ["1.000e+0", "2.500e-12"]);
  assert.deepEqual(column(18496, 2019, null, "none"), ["18496", "2019", "", "none"]);
  assert.deepEqual(column(0.5, NaN, Infinity), ["0.5", "NaN", "Infinity"]);
});

test("table() sets texts that are numbers right, and names of properties in words", async () => {
  const rows = [
    { outputShape: "[?, 3]", "NDCG at 10": "0.069 ± 0.003", share: "7 %", day: "2020-01-05" },
    { outputShape: "[?]", "NDCG at 10": "0.5 ± 0.01", share: "100 %", day: "2020-01-06" },
  ];
  assert.deepEqual(text(rows).slice(0, 2), [
    "output shape     NDCG at 10  share  day",
    "[?, 3]        0.069 ± 0.003    7 %  2020-01-05",
  ]);
  assert.match(await html(rows), /<td style="text-align:right">0.5 ± 0.01<\/td>/);
  assert.equal(text(arqueroTable({ userId: [1] }))[0], "userId");
});
