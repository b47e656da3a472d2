import assert from "node:assert/strict";
import { test } from "node:test";
import { fitMinMax } from "../../lib/data/scale";
import numpy from "../fixtures/numpy.json";

test("fitMinMax() scales as scikit-learn's MinMaxScaler does, to the last bit, constant columns too", () => {
  for (const { rows, more, minimum, maximum, transformed, inverse } of numpy.scalers) {
    const scaler = fitMinMax(Float64Array.from(rows.flat()), 3);
    assert.deepEqual([[...scaler.minimum], [...scaler.maximum]], [minimum, maximum]);
    const scaled = scaler.transform(more.flat());
    assert.deepEqual([...scaled], transformed.flat());
    assert.deepEqual([...scaler.inverse(scaled)], inverse.flat());
  }
});

test("fitMinMax() brings what it was fitted on to 0 and 1 and back", () => {
  const rows = Float32Array.of(100, 7, 300, 5, 200, 9);
  const scaler = fitMinMax(rows, 2);
  assert.deepEqual([...scaler.transform(rows)], [0, 0.5, 1, 0, 0.5, 1]);
  assert.deepEqual([...scaler.inverse([0.25, 2])], [150, 13]);
});

test("fitMinMax() and its scaler refuse partial rows", () => {
  const wanted = "wanted one whole row or more; pass them row after row";
  for (const [rows, columns] of [
    [[1, 2, 3], 2],
    [[], 2],
    [[1], 0],
    [[1], 0.5],
  ] as [number[], number][])
    assert.throws(() => fitMinMax(rows, columns), {
      name: "TypeError",
      message: `fitMinMax(): got ${rows.length} values for ${columns} columns, ${wanted}`,
    });
  assert.throws(() => fitMinMax([1, 2], 2).inverse([1]), {
    name: "TypeError",
    message: `inverse(): got 1 values for 2 columns, ${wanted}`,
  });
});

test("fitMinMax() and its scaler refuse what is not a finite number", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.throws(() => fitMinMax([1, 2, 3, value], 2), {
      name: "RangeError",
      message: `fitMinMax(): row 1, column 1 is ${value}, wanted a finite number; fill gaps first`,
    });
    assert.throws(() => fitMinMax([1, 2], 2).transform([value, 2]), {
      name: "RangeError",
      message: `transform(): row 0, column 0 is ${value}, wanted a finite number; fill gaps first`,
    });
  }
});
