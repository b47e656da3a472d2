import assert from "node:assert/strict";
import { test } from "node:test";
import { slidingWindows } from "../../lib/data/windows";
import { meanAbsoluteError, meanForecast, naiveForecast } from "../../lib/forecast/baselines";

const series = [1, 10, 2, 20, 3, 30, 4, 40, 5, 50];
const windows = slidingWindows(series, 2); // windows of 3 rows, 2 of them

test("naiveForecast() repeats the last row of each window", () => {
  assert.deepEqual(naiveForecast(windows), Float32Array.of(3, 30, 4, 40));
});

test("meanForecast() repeats the mean of the known rows, column by column", () => {
  assert.deepEqual(meanForecast([1, 10, 3, 20], windows), Float32Array.of(2, 15, 2, 15));
});

test("meanForecast() refuses values that do not fill rows", () => {
  assert.throws(() => meanForecast([1, 2, 3], windows), {
    name: "TypeError",
    message: "meanForecast(): 3 values do not fill rows of 2 columns; give whole rows",
  });
});

test("meanAbsoluteError() gives one error for each column", () => {
  assert.deepEqual(meanAbsoluteError([3, 30, 4, 40], windows.targets, 2), [1, 10]);
  assert.deepEqual(meanAbsoluteError([1, -1, 3], [1, 1, 1], 1), [4 / 3]);
});

test("meanAbsoluteError() refuses forecasts of another length", () => {
  assert.throws(() => meanAbsoluteError([1, 2], [1, 2, 3], 1), {
    name: "TypeError",
    message: "meanAbsoluteError(): 2 forecast values for 3 actual ones; give one for each",
  });
});
