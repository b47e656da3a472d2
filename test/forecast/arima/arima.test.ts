import assert from "node:assert/strict";
import { test } from "node:test";
import { arima, fitArima } from "../../../lib/forecast/arima/arima";
import { armaFilter } from "../../../lib/forecast/arima/armaFilter";
import { chooseArima } from "../../../lib/forecast/arima/chooseArima";
import { difference, differenceWeights, integrate } from "../../../lib/forecast/arima/difference";
import { kpss } from "../../../lib/forecast/arima/kpss";
import { normal, seededRandom } from "../../../lib/random";
import { assertNear, reference } from "../references";

const { series } = reference;
const cases = Object.entries(reference.arima).flatMap(([name, own]) =>
  own.map((theirs) => ({ values: series[name as keyof typeof series], name: `${name} ${theirs.order}`, theirs })),
);

test("armaFilter() gives statsmodels' exact likelihood, mean and variance at its coefficients", () => {
  for (const { values, name, theirs } of cases) {
    const changes = difference(values, differenceWeights(theirs.order[1], 0, 1));
    const ours = armaFilter(changes, theirs, theirs.drift);
    assert.ok(Math.abs(ours.logLikelihood - theirs.logLikelihood) < 1e-3, `${name}: ${ours.logLikelihood}`);
    assert.ok(ours.logLikelihood > theirs.logLikelihood - 1e-6, name); // mean and variance are the best ones
    assert.ok(Math.abs(ours.variance / theirs.variance - 1) < 0.005, `${name}: ${ours.variance}`);
  }
});

test("fitArima() finds a likelihood no smaller than statsmodels', and the same forecast where it is the same", () => {
  let same = 0;
  for (const { values, name, theirs } of cases) {
    const [p, d, q] = theirs.order;
    const order = { p, d, q, drift: theirs.drift };
    const { logLikelihood, aicc } = fitArima(values, order);
    assert.ok(logLikelihood > theirs.logLikelihood - 1e-4, `${name}: ${logLikelihood} after ${theirs.logLikelihood}`);
    if (logLikelihood > theirs.logLikelihood + 0.01) continue; // theirs stopped at a lower hill
    same++;
    assert.ok(Math.abs(aicc - theirs.aicc) < 0.03, `${name}: ${aicc}`);
    assertNear(arima(values, 6, order), theirs.forecast, 1);
  }
  assert.ok(same >= 14, `${same} of ${cases.length}`);
});

test("arima() finds a planted autoregression, and forecasts along it", () => {
  const random = seededRandom(3);
  const values = [0];
  for (let i = 1; i < 800; i++) values.push(0.7 * values[i - 1] + normal(random));
  const { ar, variance } = fitArima(values, { p: 1, d: 0, q: 0 });
  assert.ok(Math.abs(ar[0] - 0.7) < 0.06 && Math.abs(variance - 1) < 0.15, `${ar[0]}, ${variance}`);
  const [one, two] = arima(values, 2, { p: 1, d: 0, q: 0, drift: false });
  assert.ok(Math.abs(two / one - 0.7) < 0.06);
});

test("arima() goes on with a line by its drift, and with a season by seasonal differences", () => {
  const random = seededRandom(1);
  const line = Array.from({ length: 60 }, (_, i) => 100 + 2 * i + 0.01 * normal(random));
  assertNear(arima(line, 3, { p: 0, d: 1, q: 1, drift: true }), [220, 222, 224], 0.1);
  const season = Array.from({ length: 60 }, (_, i) => [10, 30, 20][i % 3] + i + 0.01 * normal(random));
  assertNear(arima(season, 3, { p: 0, d: 0, q: 0, seasonal: 1, period: 3, drift: true }), [70, 91, 82], 0.1);
});

test("integrate() is the way back of difference()", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
  for (const [d, seasonal] of [[1, 0], [2, 0], [0, 1], [1, 1]]) {
    const weights = differenceWeights(d, seasonal, 3);
    const changes = difference(values, weights);
    assertNear(integrate(values.slice(0, 8), changes.slice(8 - weights.length + 1), weights), values.slice(8), 1e-9);
  } // prettier-ignore
  assert.deepEqual(differenceWeights(1, 1, 3), [1, -1, 0, -1, 1]);
});

test("kpss() is statsmodels' statistic", () => {
  for (const [name, wanted] of Object.entries(reference.kpss))
    assert.ok(Math.abs(kpss(series[name as keyof typeof series]) - wanted) < 1e-9, name);
});

test("chooseArima() differences what wanders off, and only that", () => {
  assert.equal(chooseArima(series.level).d, 0);
  assert.equal(chooseArima(series.walk).d, 1);
  assert.equal(chooseArima(series.trend, { most: 1 }).d, 1);
});

test("fitArima() refuses what cannot be", () => {
  assert.throws(() => fitArima(series.level, { p: 9 }), {
    name: "RangeError",
    message: "fitArima(): p 9 is not an integer from 0 to 5",
  });
  assert.throws(() => fitArima(series.level.slice(0, 9)), {
    name: "RangeError",
    message: "fitArima(): 9 values are known, wanted 11 or more; give a longer series",
  });
});
