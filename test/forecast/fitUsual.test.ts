import assert from "node:assert/strict";
import { test } from "node:test";
import { plantedDemand } from "../../lib/data/plantedDemand";
import type { SalesSeries } from "../../lib/data/salesSeries";
import { fitUsual } from "../../lib/forecast/fitUsual";
import { leastSquares } from "../../lib/forecast/leastSquares";
import { nelderMead } from "../../lib/forecast/nelderMead";
import { knownAt } from "../../lib/forecast/walkForward";
import { normal, seededRandom } from "../../lib/random";
import { assertNear } from "./references";

const seriesOf = (values: number[], rest: Partial<SalesSeries> = {}): SalesSeries => ({
  dates: values.map((_, i) => `day ${i}`),
  values: Float64Array.from(values),
  period: 7,
  every: "day",
  ...rest,
});

test("fitUsual() goes on with a planted trend, season and promotion, as factors", () => {
  const promotions = Float64Array.from({ length: 63 }, (_, i) => Number(i % 10 === 3));
  const wave = (i: number) => 0.3 * Math.sin((2 * Math.PI * i) / 7) + 0.1 * Math.cos((4 * Math.PI * i) / 7);
  const values = Array.from(promotions, (promotion, i) => Math.exp(5 + 0.01 * i + wave(i) + 0.4 * promotion));
  const all = seriesOf(values, { promotions });
  const usual = fitUsual(knownAt(all, 49));
  assert.ok(usual.factors);
  assertNear(usual.expect(all, 49, 14), values.slice(49), 1e-3);
  for (const rest of usual.takeOff(all)) assert.ok(Math.abs(rest) < 1e-6);
  assertNear(usual.putOn(knownAt(all, 60, 3), [0, 0, Math.log(2)]), [values[60], values[61], 2 * values[62]], 1e-3);
});

test("fitUsual() adds where values are not above 0, and has no season where two are not known", () => {
  const values = Array.from({ length: 35 }, (_, i) => (i % 7) - 3 + i);
  const usual = fitUsual(seriesOf(values));
  assert.equal(usual.factors, false);
  assert.ok(Math.abs(usual.expect(seriesOf(values), 35, 1)[0] - 32) < 1.5);
  const short = fitUsual(seriesOf([4, 6, 5, 5, 4, 6]));
  assertNear(short.expect(seriesOf([]), 0, 2), [4.93, 4.93], 0.01); // the geometric mean
});

test("fitUsual() leaves of the planted demand about its luck and its mentions", () => {
  const demand = plantedDemand();
  const rest = fitUsual(demand).takeOff(demand);
  const spread = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0) / rest.length);
  assert.ok(spread > 0.12 && spread < 0.18, `${spread}`); // planted: root of 0.14² + 0.06²
});

test("leastSquares() finds the coefficients of a plane, and takes inputs that say the same", () => {
  const random = seededRandom(1);
  const rows = Array.from({ length: 50 }, () => [1, normal(random), normal(random)]);
  const targets = rows.map(([one, a, b]) => 3 * one - 2 * a + 0.5 * b);
  assertNear(leastSquares(rows, targets), [3, -2, 0.5], 1e-6);
  const twice = leastSquares(rows.map(([one, a]) => [one, a, a]), rows.map(([, a]) => 2 * a)); // prettier-ignore
  assertNear([twice[0], twice[1] + twice[2]], [0, 2], 1e-4);
  assertNear(leastSquares([[1, 0], [1, 0]], [4, 6]), [5, 0], 1e-6); // prettier-ignore
  assert.throws(() => leastSquares(rows, [1]), /leastSquares\(\): 50 rows for 1 targets; give one for each/);
});

test("nelderMead() finds the minimum of Rosenbrock's valley, and of one dimension", () => {
  const valley = ([x, y]: number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
  assertNear(nelderMead(valley, [-1, 1], { tolerance: 1e-14, calls: 2000 }).point, [1, 1], 1e-4);
  assertNear(nelderMead(([x]) => (x - 3) ** 2, [0]).point, [3], 1e-3);
  const edge = nelderMead(([x]) => (x < 0 ? NaN : x), [1], { step: 0.5 });
  assert.ok(edge.value >= 0 && edge.value < 1e-6);
});
