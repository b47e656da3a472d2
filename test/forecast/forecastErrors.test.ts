import assert from "node:assert/strict";
import { test } from "node:test";
import { asLastWeek, asLastYear, asMeanWeek } from "../../lib/forecast/baselinesAhead";
import { forecastErrors } from "../../lib/forecast/forecastErrors";

const squares = Array.from({ length: 8 }, (_, i) => i * i);

test("forecastErrors() tries a forecast at every week held out, and sorts the errors by distance", () => {
  const seen: number[][] = [];
  const watched = (known: Float64Array, ahead: number) => {
    seen.push([known.length, ahead]);
    return asLastWeek(known, ahead);
  };
  assert.deepEqual(forecastErrors(squares, watched, { from: 5, ahead: 2 }), [
    [25 - 16, 36 - 25, 49 - 36],
    [36 - 16, 49 - 25],
  ]);
  assert.deepEqual(seen, [[5, 2], [6, 2], [7, 1]]); // prettier-ignore
});

test("forecastErrors() refuses a series that ends before the first forecast does", () => {
  assert.throws(() => forecastErrors(squares, asLastWeek, { from: 7, ahead: 2 }), {
    name: "RangeError",
    message: "forecastErrors(): 8 values are too few to know 7 and forecast 2; shorten either",
  });
});

test("the baselines look back a week or a year", () => {
  const known = Float64Array.from({ length: 60 }, (_, week) => week);
  assert.deepEqual([...asLastWeek(known, 3)], [59, 59, 59]);
  assert.deepEqual([...asLastYear(known, 54)].slice(0, 2), [8, 9]);
  assert.deepEqual([...asLastYear(known, 54)].slice(-3), [59, 8, 9]); // the year before again
  for (const value of asMeanWeek(known, 2)) assert.ok(Math.abs(value - (8 + 59) / 2) < 1e-9);
  assert.throws(() => asLastYear(known.subarray(9), 1), /asLastYear\(\): 51 weeks are known, wanted 52 or more/);
});

test("the naive forecast refuses to go on from nothing", () => {
  assert.throws(() => asLastWeek(new Float64Array(), 2), {
    name: "RangeError",
    message: "asLastWeek(): no week is known, wanted 1 or more",
  });
});
