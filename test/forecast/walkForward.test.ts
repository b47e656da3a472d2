import assert from "node:assert/strict";
import { test } from "node:test";
import type { SalesSeries } from "../../lib/data/salesSeries";
import { maseByStep, scoreFits, scoreTrials } from "../../lib/forecast/scoreTrials";
import { knownAt, walkForward } from "../../lib/forecast/walkForward";

const series: SalesSeries = {
  dates: Array.from({ length: 20 }, (_, i) => `2020-01-${String(i + 1).padStart(2, "0")}`),
  values: Float64Array.from({ length: 20 }, (_, i) => i * i),
  mentions: Float64Array.from({ length: 20 }, (_, i) => 100 + i),
  promotions: Float64Array.from({ length: 20 }, (_, i) => i % 2),
  period: 7,
  every: "day",
};
const naive = ({ values }: SalesSeries, ahead: number) => new Float64Array(ahead).fill(values[values.length - 1]);

test("walkForward() gives fits and forecasts nothing of a later time but the plan", async () => {
  const fits: number[] = [];
  const trials = await walkForward(
    series,
    (training) => {
      fits.push(training.values.length);
      return (known, ahead) => {
        assert.equal(known.values.buffer.byteLength, known.values.byteLength); // no way to what follows
        assert.deepEqual([known.dates.length, known.mentions!.length], [known.values.length, known.values.length]);
        assert.equal(known.promotions!.length, known.values.length + ahead);
        return naive(known, ahead);
      };
    },
    { from: 10, ahead: 3, every: 2, refit: 5 },
  );
  assert.deepEqual(trials.map(({ origin }) => origin), [10, 12, 14, 16]); // prettier-ignore
  assert.deepEqual([fits, trials.map(({ fit }) => fit)], [[10, 16], [0, 0, 0, 1]]); // prettier-ignore
  assert.deepEqual([...trials[1].actual], [144, 169, 196]);
  assert.deepEqual([...trials[1].forecast], [121, 121, 121]);
  assert.equal(trials[3].scale.absolute, 15); // the mean of 1, 3 … 29
});

test("scoreTrials() scales each error by what was known at its fit", async () => {
  const trials = await walkForward(series, () => naive, { from: 10, ahead: 2, refit: 100, every: 4 });
  const errors = [19, 40, 27, 56, 35, 72]; // of 13 and 17 as well
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.equal(trials.length, 3);
  assert.ok(Math.abs(scoreTrials(trials).MASE - mean(errors) / 9) < 1e-12);
  assert.ok(Math.abs(maseByStep(trials)[0] - mean([19, 27, 35]) / 9) < 1e-12);
  assert.deepEqual(maseByStep(trials)[1], scoreTrials(trials, 2).MASE);
  const { squared } = trials[0].scale;
  assert.ok(Math.abs(scoreTrials(trials).RMSSE - Math.sqrt(mean(errors.map((e) => e * e)) / squared)) < 1e-12);
});

test("scoreFits() gives a run for each fit", async () => {
  const trials = await walkForward(series, () => naive, { from: 10, ahead: 2, refit: 4 });
  const runs = scoreFits("naive", trials);
  assert.deepEqual(runs.map(({ model }) => model), ["naive", "naive", "naive"]); // prettier-ignore
  assert.deepEqual(runs[1].scores, { ...scoreTrials(trials.filter(({ fit }) => fit === 1)) });
});

test("walkForward() and the scores refuse what cannot be", async () => {
  await assert.rejects(
    walkForward(series, () => naive, { from: 18 }),
    {
      name: "RangeError",
      message: "walkForward(): 20 values are too few to know 18 and forecast 4; shorten either",
    },
  );
  await assert.rejects(
    walkForward(series, () => naive, { from: 8, every: 0 }),
    /every 0 is not an integer of 1/,
  );
  await assert.rejects(
    walkForward(series, () => () => [1, NaN], { from: 8, ahead: 2 }),
    {
      message: "walkForward(): the method forecast [1, NaN] from value 8, wanted 2 finite numbers",
    },
  );
  assert.throws(() => scoreTrials([]), /there are no trials; walk forward first/);
  assert.throws(() => knownAt(series, 21), /knownAt\(\): origin 21 is not a whole number from 1 to 20/);
});
