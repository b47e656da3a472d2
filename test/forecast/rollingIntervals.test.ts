import assert from "node:assert/strict";
import { test } from "node:test";
import { intervalScores, meanIntervalScores } from "../../lib/forecast/intervalScores";
import { rollingIntervals } from "../../lib/forecast/rollingIntervals";
import type { Trial } from "../../lib/forecast/walkForward";
import { normal, seededRandom } from "../../lib/random";

const scale = { absolute: 1, squared: 1 };
const trialsOf = (count: number, errorOf: (origin: number, step: number) => number, level = 100): Trial[] =>
  Array.from({ length: count }, (_, i) => {
    const forecast = Float64Array.of(level, level);
    return { origin: 50 + i, fit: 0, scale, forecast, actual: forecast.map((value, step) => value + errorOf(i, step)) };
  });

test("rollingIntervals() uses only errors that were known at the time, the latest ones", () => {
  const trials = trialsOf(30, (origin) => origin); // errors 0, 1, 2 …
  const intervals = rollingIntervals(trials, { coverage: 0.8, calibration: 9 });
  // One ahead, the error of the forecast before is the latest known; two ahead, that of the one before it.
  const [first] = intervals;
  assert.equal(first.origin, 50 + 10);
  assert.deepEqual([[...first.low], [...first.high]], [[101, 100], [109, 108]]); // prettier-ignore
  assert.equal(intervals.length, 20);
});

test("rollingIntervals() counts errors as shares of the forecast where it is asked to", () => {
  const trials = trialsOf(20, () => 5, 50).concat(
    trialsOf(20, () => 0, 200).map((t) => ({ ...t, origin: t.origin + 20 })),
  );
  const [, later] = [
    0,
    rollingIntervals(trials, { calibration: 9, relative: true }).find(({ origin }) => origin === 70)!,
  ];
  assert.ok(Math.abs(later.high[0] - 220) < 1e-9 && Math.abs(later.low[0] - 220) < 1e-9); // a tenth of 200
});

test("rollingIntervals() hold independent errors as often as promised", () => {
  const random = seededRandom(5);
  const trials = trialsOf(1500, (_, step) => (1 + step) * normal(random));
  const [one, two] = intervalScores(rollingIntervals(trials, { coverage: 0.8, calibration: 49 }), 0.8);
  assert.ok(Math.abs(one.coverage - 0.8) < 0.03 && Math.abs(two.coverage - 0.8) < 0.03);
  assert.ok(Math.abs(two.width / one.width - 2) < 0.1, `${one.width}, ${two.width}`);
  assert.ok(two.pinball > 1.8 * one.pinball);
  assert.deepEqual([one.step, two.step, one.count], [1, 2, 1450]);
});

test("meanIntervalScores() are the means over the distances", () => {
  const trials = trialsOf(40, (origin, step) => (origin % 5) * (step + 1));
  const intervals = rollingIntervals(trials, { calibration: 12 });
  const [one, two] = intervalScores(intervals);
  assert.deepEqual(meanIntervalScores(intervals), {
    coverage: one.coverage / 2 + two.coverage / 2,
    width: one.width / 2 + two.width / 2,
    pinball: one.pinball / 2 + two.pinball / 2,
  });
});

test("rollingIntervals() and intervalScores() refuse what is too little", () => {
  assert.throws(
    () =>
      rollingIntervals(
        trialsOf(10, () => 0),
        { calibration: 20 },
      ),
    {
      name: "RangeError",
      message:
        "rollingIntervals(): none of 10 forecasts has 20 known errors before it; walk from earlier, or lower calibration",
    },
  );
  assert.throws(() => intervalScores([]), /intervalScores\(\): there are no intervals; make some first/);
});
