import assert from "node:assert/strict";
import { SourceMap } from "node:module";
import { test } from "node:test";
import { withEdits } from "../../../lib/kernel/compiler/withEdits";

const text = "let abc = 1;\n\nf(abc,\n  abc)";

/** Edits that make `x` of each `abc`, and add to the last line. */
const edits = [
  { start: 4, end: 7, text: "x" },
  { start: 16, end: 19, text: "x" },
  { start: 23, end: 26, text: "x" },
  { start: 26, end: 26, text: ", 1" },
];

test("edits stand where they belong, the lines stay", () => {
  const { code } = withEdits("cell.ts", text, { edits, marks: [] });
  assert.equal(code, "let x = 1;\n\nf(x,\n  x, 1)");
});

test("the source map leads back from marks and edits, in every line", () => {
  const { code, map } = withEdits("cell.ts", text, { edits, marks: [0, 10, 14] });
  const lines = code.split("\n");
  const written = (line: number, column: number) => {
    const found = new SourceMap(JSON.parse(map)).findEntry(line, column);
    return "originalLine" in found ? [found.originalSource, found.originalLine, found.originalColumn] : undefined;
  };
  assert.deepEqual(written(0, lines[0].indexOf("x")), ["cell.ts", 0, 4]);
  assert.deepEqual(written(0, lines[0].indexOf("1")), ["cell.ts", 0, 10]);
  assert.deepEqual(written(2, 0), ["cell.ts", 2, 0]);
  assert.deepEqual(written(3, lines[3].indexOf("x")), ["cell.ts", 3, 2]);
  assert.deepEqual(written(3, lines[3].indexOf(")")), ["cell.ts", 3, 5]);
});

test("a long line and a step back need more than one digit", () => {
  const long = `${" ".repeat(1000)}a\nb`;
  const { map } = withEdits("cell.ts", long, { edits: [], marks: [1000, 1002] });
  const maps = new SourceMap(JSON.parse(map));
  const places = [maps.findEntry(0, 1000), maps.findEntry(1, 0)].map((found) => found as { originalColumn: number });
  assert.deepEqual(places.map(({ originalColumn }) => originalColumn), [1000, 0]); // prettier-ignore
});

test("the parenthesis of a call leads back to the name that is called", () => {
  const call = "  abc(abc);";
  const edits = [
    { start: 2, end: 5, text: "(0, a.x)" },
    { start: 6, end: 9, text: "x" },
  ];
  const { code, map } = withEdits("cell.ts", call, { edits, marks: [] });
  assert.equal(code, "  (0, a.x)(x);");
  const maps = new SourceMap(JSON.parse(map));
  const columns = [10, 11, 12].map(
    (column) => (maps.findEntry(0, column) as { originalColumn: number }).originalColumn,
  );
  assert.deepEqual(columns, [2, 6, 9]);
});
