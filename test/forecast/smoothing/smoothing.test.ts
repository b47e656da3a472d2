import assert from "node:assert/strict";
import { test } from "node:test";
import { holt } from "../../../lib/forecast/smoothing/holt";
import { holtWinters, seasonalStart } from "../../../lib/forecast/smoothing/holtWinters";
import { movingAverage } from "../../../lib/forecast/smoothing/movingAverage";
import { seasonalFactors } from "../../../lib/forecast/smoothing/seasonalFactors";
import { simpleSmoothing } from "../../../lib/forecast/smoothing/simpleSmoothing";
import { fitShares, goOn, smooth } from "../../../lib/forecast/smoothing/smooth";
import { theta } from "../../../lib/forecast/smoothing/theta";
import { assertNear, reference } from "../references";

const { series } = reference;
const names = Object.keys(series) as (keyof typeof series)[];

test("simpleSmoothing() gives statsmodels' and statsforecast's numbers for a given alpha", () => {
  for (const name of names)
    assertNear(simpleSmoothing(series[name], 2, { alpha: 0.3 }), Array(2).fill(reference.simple[name].fixed), 1e-6);
});

test("simpleSmoothing() errs no more than with statsmodels' alpha, and finds its forecast", () => {
  for (const name of names) {
    const { alpha, squares, forecast } = reference.simple[name];
    const start = { level: series[name][0], trend: 0, season: [] };
    const shares = fitShares(series[name], start, { count: 1 });
    assert.ok(smooth(series[name], start, shares).squares <= squares * (1 + 1e-6), name);
    assert.ok(Math.abs(shares.alpha - alpha) < 1e-3, `${name}: ${shares.alpha} instead of ${alpha}`);
    assertNear(simpleSmoothing(series[name], 1), [forecast], 0.1);
  }
});

test("holt() errs no more than statsmodels' Holt, and forecasts the same", () => {
  for (const name of names) {
    const values = series[name];
    const trend = values[1] - values[0];
    const start = { level: values[0] - trend, trend, season: [] };
    const { squares } = smooth(values, start, fitShares(values, start, { count: 2 }));
    const theirs = reference.holt[name];
    assert.ok(squares <= theirs.squares * (1 + 1e-5), `${name}: ${squares} instead of ${theirs.squares}`);
    if (squares > theirs.squares * (1 - 1e-5)) assertNear(holt(values, 6), theirs.forecast, 0.5);
  }
});

test("holtWinters() has statsmodels' recursion, with a season that adds or multiplies", () => {
  for (const [kind, theirs] of Object.entries(reference.winters)) {
    const start = seasonalStart(series.season, 4, kind === "add" ? "add" : "multiply");
    assertNear([start.level, start.trend, ...start.season], theirs.start, 1e-6);
    const { state, squares } = smooth(series.season, start, { alpha: 0.4, beta: 0.1, gamma: 0.3 });
    assert.ok(Math.abs(squares / theirs.fixedSquares - 1) < 1e-9);
    assertNear(goOn(state, 6), theirs.fixed, 1e-6);
  }
});

test("holtWinters() errs no more than statsmodels' fit, and forecasts nearly the same", () => {
  for (const [kind, theirs] of Object.entries(reference.winters)) {
    const season = kind === "add" ? ("add" as const) : ("multiply" as const);
    const start = seasonalStart(series.season, 4, season);
    const { squares } = smooth(series.season, start, fitShares(series.season, start, { count: 3 }));
    assert.ok(squares <= theirs.squares * (1 + 1e-4), `${kind}: ${squares} instead of ${theirs.squares}`);
    assertNear(holtWinters(series.season, 6, { period: 4, season }), theirs.forecast, 4);
  }
  assert.deepEqual(
    holtWinters(series.season, 6, { period: 4 }),
    holtWinters(series.season, 6, { period: 4, season: "multiply" }),
  );
});

test("seasonalFactors() are those of statsmodels' seasonal_decompose", () => {
  assertNear(seasonalFactors(series.season, 4), reference.seasonal, 1e-9);
  const odd = Array.from({ length: 12 }, (_, i) => 100 * [0.5, 1, 1.5][i % 3]);
  assertNear(seasonalFactors(odd, 3), [0.5, 1, 1.5], 1e-12);
  assert.throws(() => seasonalFactors([1, 2, 0, 4], 2), /a value is 0, wanted all above 0; a factor needs that/);
});

test("theta() is statsmodels' ThetaModel with its alpha, and near statsforecast's Theta", () => {
  for (const name of ["walk", "trend", "season"] as const) {
    const { alpha, forecast, nixtla } = reference.theta[name];
    assertNear(theta(series[name], 6, { period: 4, alpha }), forecast, 0.01);
    const ours = theta(series[name], 6, { period: 4 });
    ours.forEach((value, i) => assert.ok(Math.abs(value / nixtla[i] - 1) < 0.02, `${name}: ${value}, ${nixtla[i]}`));
  }
});

test("theta() leaves a season alone that is none, or not known twice", () => {
  const line = Array.from({ length: 40 }, (_, i) => 100 + 2 * i);
  assertNear(theta(line, 3, { period: 4, alpha: 1 }), [179, 180, 181], 1e-9); // half the slope
  assert.deepEqual(theta(line, 3, { period: 30 }), theta(line, 3, { period: 1 }));
});

test("movingAverage() is the mean of the last values, or of all of them", () => {
  assert.deepEqual(movingAverage([9, 1, 2, 3], 2, { window: 3 }), Float64Array.of(2, 2));
  assert.deepEqual(movingAverage([1, 2, 3], 1), Float64Array.of(2));
  assert.deepEqual(movingAverage([1, 2, 3, 6], 1, { window: Infinity }), Float64Array.of(3));
  assert.throws(
    () => movingAverage([1], 1, { window: 0 }),
    /movingAverage\(\): window 0 is not an integer of 1 or more/,
  );
});

test("the methods refuse a series that is too short or has a gap", () => {
  assert.throws(() => holtWinters(series.level, 1), {
    name: "RangeError",
    message: "holtWinters(): 60 values are known, wanted 104 or more; give a longer series",
  });
  assert.throws(() => simpleSmoothing([1, NaN, 3], 1), {
    name: "RangeError",
    message: "simpleSmoothing(): value 1 is NaN, wanted a finite number; fill gaps first",
  });
  assert.throws(() => holt([1, 2], 1), /holt\(\): 2 values are known, wanted 3 or more/);
  assert.throws(() => theta([1, 2], 1), /theta\(\): 2 values are known, wanted 3 or more/);
});

test("constant series stay constant", () => {
  const flat = new Array<number>(20).fill(5);
  for (const forecast of [simpleSmoothing(flat, 2), holt(flat, 2), holtWinters(flat, 2, { period: 4 }), theta(flat, 2)])
    assertNear(forecast, [5, 5], 1e-9);
});
