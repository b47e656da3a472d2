import assert from "node:assert/strict";
import { test } from "node:test";
import { compareForecasts } from "../../lib/forecast/compareForecasts";

test("compareForecasts() gives the mean absolute error of each column in the units of the series", () => {
  const actual = [1, 10, 3, 20];
  const forecasts = { right: [1, 10, 3, 20], late: [0, 10, 1, 10] };
  assert.deepEqual(compareForecasts(forecasts, actual, { names: ["sales", "mentions"] }), [
    { forecast: "right", sales: 0, mentions: 0 },
    { forecast: "late", sales: 1.5, mentions: 5 },
  ]);
  const inverse = (rows: ArrayLike<number>) => Array.from(rows, (value) => 100 * value);
  assert.deepEqual(compareForecasts({ late: [0, 10, 1, 10] }, actual, { names: ["sales", "mentions"], inverse }), [
    { forecast: "late", sales: 150, mentions: 500 },
  ]);
});
