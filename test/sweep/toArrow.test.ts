import assert from "node:assert/strict";
import { test } from "node:test";
import { bool, float64, int64, type ListType, tableFromIPC, utf8 } from "@uwdata/flechette";
import { fromArrow } from "arquero";
import type { RowResult } from "../../lib/sweep/rowResult";
import { toArrow } from "../../lib/sweep/toArrow";

const given = [
  { seed: 1, rate: 0.5, kind: "größer", sizes: [1, 2], mixed: 1, isDeep: true, nothing: null },
  { seed: 2, rate: 1, kind: "", sizes: [], mixed: "1", isDeep: false, nothing: null },
  { seed: 3e9, rate: -1e-300, kind: "c,d", sizes: [3], mixed: true, isDeep: true, nothing: null },
];
const rows = given.map((parameters, index) => ({ id: `row-${index}`, parameters }));
const results: (RowResult | undefined)[] = [
  { status: "ok", seconds: 2, metrics: { score: 0.25, kind: "deep" }, curves: { loss: [2, 1.5, 1] } },
  { status: "failed", seconds: 1.5, metrics: {}, curves: { loss: [3] } },
  undefined,
];
const sweep = { name: "s", notebook: "n.ipynb", varied: ["seed"], rows };
const scored = { sweep, results, metric: "score", isLeastBest: false, ranked: [] };

test("toArrow() has a row for each of the sweep, also one that is left, in the types of the values", () => {
  const bytes = toArrow(scored);
  assert.equal(Buffer.from(bytes.subarray(0, 6)).toString(), "ARROW1");
  const read = fromArrow(bytes).objects() as Record<string, unknown>[];
  const plain = read.map((row) => ({ ...row, "epochs/loss": row["epochs/loss"] && Array.from(row["epochs/loss"] as number[]) })); // prettier-ignore
  assert.deepEqual(
    plain,
    [
      {
        sizes: "[1,2]",
        mixed: "1",
        nothing: null,
        score: 0.25,
        kind_2: "deep",
        seconds: 2,
        "epochs/loss": [2, 1.5, 1],
      },
      { sizes: "[]", mixed: "1", nothing: null, score: null, kind_2: null, seconds: 1.5, "epochs/loss": [3] },
      { sizes: "[3]", mixed: "true", nothing: null, score: null, kind_2: null, seconds: null, "epochs/loss": null },
    ].map((rest, index) => {
      const { seed, rate, kind, isDeep } = given[index];
      return { row: `row-${index}`, status: ["ok", "failed", "left"][index], seed, rate, kind, isDeep, ...rest };
    }),
  );
});

test("toArrow() has 64 bits for numbers, also where few are there, and no type that depends on how many rows there are", () => {
  const { schema } = tableFromIPC(toArrow(scored));
  const types = Object.fromEntries(schema.fields.map(({ name, type }) => [name, type]));
  assert.deepEqual([types.seed, types.rate, types.score, types.isDeep], [int64(), float64(), float64(), bool()]);
  assert.deepEqual([types.row, types.mixed, types.nothing], [utf8(), utf8(), utf8()]);
  assert.equal((types["epochs/loss"] as ListType).children[0].type.typeId, float64().typeId);
});
