import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../lib/random";
import { gridRows } from "../../lib/sweep/gridRows";
import { sampleRows } from "../../lib/sweep/sampleRows";

const range = { isLog: false, isWhole: false };
const kinds = { name: "kind", values: ["a", "b"] };
const seeds = { ...range, name: "seed", from: 1, to: 3, isWhole: true };
const rates = { ...range, name: "rate", from: 0.0001, to: 0.1, isLog: true };

test("gridRows() combines all values, the last parameter changing fastest", () => {
  assert.deepEqual(gridRows([kinds, seeds]), [
    { kind: "a", seed: 1 },
    { kind: "a", seed: 2 },
    { kind: "a", seed: 3 },
    { kind: "b", seed: 1 },
    { kind: "b", seed: 2 },
    { kind: "b", seed: 3 },
  ]);
});

test("gridRows() refuses a range without a step and too many rows", () => {
  const message =
    "The parameter rate goes from 0 to 1 without a step, so a grid has no values of it; give a step, as in 0..1:0.25, or --sample random";
  assert.throws(() => gridRows([{ ...range, name: "rate", from: 0, to: 1 }]), { name: "RangeError", message });
  const many = { ...seeds, to: 101 };
  const tooMany = "The sweep has 10201 rows; at most 10000 are run: give fewer values, or take a sample";
  assert.throws(() => gridRows([many, { ...many, name: "other" }]), { name: "RangeError", message: tooMany });
});

for (const method of ["random", "sobol"] as const) {
  test(`sampleRows() draws by ${method} within the ranges, evenly, the same for the same seed`, () => {
    const axes = [kinds, { name: "epochs", values: [9] }, seeds, rates];
    const rows = sampleRows(axes, 512, { method, random: seededRandom(3) });
    assert.deepEqual(sampleRows(axes, 512, { method, random: seededRandom(3) }), rows);
    const share = (is: (row: Record<string, unknown>) => boolean) => rows.filter(is).length / rows.length;
    assert.equal(
      share(({ epochs }) => epochs === 9),
      1,
    );
    assert.ok(Math.abs(share(({ kind }) => kind === "a") - 1 / 2) < 0.06);
    for (const value of [1, 2, 3]) assert.ok(Math.abs(share(({ seed }) => seed === value) - 1 / 3) < 0.06, `${value}`);
    assert.ok(Math.abs(share(({ rate }) => Number(rate) < 0.001) - 1 / 3) < 0.06); // a third of three powers of ten
    assert.equal(
      share(({ rate }) => Number(rate) >= 0.0001 && Number(rate) <= 0.1),
      1,
    );
  });
}

test("sampleRows() by sobol has each half of a range equally often", () => {
  const rows = sampleRows([{ ...range, name: "rate", from: 0, to: 1 }, kinds], 8, {
    method: "sobol",
    random: seededRandom(1),
  });
  assert.equal(rows.filter(({ rate }) => Number(rate) < 0.5).length, 4);
  assert.equal(rows.filter(({ kind }) => kind === "a").length, 4);
});
