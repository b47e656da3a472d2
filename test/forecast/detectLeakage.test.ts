import assert from "node:assert/strict";
import { test } from "node:test";
import { detectLeakage } from "../../lib/forecast/detectLeakage";

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("detectLeakage() finds the least possible MASE for the mean, and 1 for the naive forecast", async () => {
  const middle = await detectLeakage((series, from) => series.slice(from).fill(549.5));
  assert.ok(Math.abs(middle.mase - 0.75) < 0.01 && !middle.leaks, `${middle.mase}`);
  assert.deepEqual([middle.limit, middle.forecasts], [0.72, 8000]);
  const naive = await detectLeakage(async (series, from) => series.slice(from - 1, -1));
  assert.ok(Math.abs(naive.mase - 1) < 0.02 && !naive.leaks, `${naive.mase}`);
  assert.match(
    naive.verdict,
    /^no leak found: MASE 1\.0\d\d on random numbers, limit 0\.72$|^no leak found: MASE 0\.9/,
  );
});

test("detectLeakage() catches a mean that holds the answer, and the answer itself", async () => {
  const centred = (series: Float64Array) => series.map((_, i) => mean(series.subarray(i - 1, i + 2)));
  const smoothed = await detectLeakage((series, from) => centred(series).slice(from - 1, -1));
  assert.ok(smoothed.leaks && smoothed.mase < 0.65, `${smoothed.mase}`);
  assert.match(
    smoothed.verdict,
    /^leak: MASE 0\.5\d\d on random numbers, limit 0\.72; the forecast has used the values/,
  );
  assert.equal((await detectLeakage((series, from) => series.slice(from), { draws: 2 })).mase, 0);
});

test("detectLeakage() lowers its limit where few values are forecast: luck is no leak", async () => {
  let caught = 0;
  for (let seed = 0; seed < 300; seed++) {
    const report = await detectLeakage((series, from) => series.slice(from).fill(549.5), { draws: 1, test: 10, seed });
    caught += Number(report.leaks);
    assert.ok(report.limit < 0.4);
  }
  assert.ok(caught <= 2, `${caught} of 300`);
});

test("detectLeakage() gives each pipeline a series of its own, and refuses what is no forecast", async () => {
  await detectLeakage((series, from) => series.fill(0).slice(from).fill(549.5), { draws: 1 });
  await assert.rejects(
    detectLeakage(() => [1, 2], { draws: 1 }),
    {
      name: "RangeError",
      message: /the pipeline gave 2 values, wanted 20 finite numbers, one for each value from `from`/,
    },
  );
  await assert.rejects(
    detectLeakage(() => [], { weeks: 10, test: 10 }),
    { message: "detectLeakage(): test 10 leaves none of 10 weeks to learn from; make it smaller" },
  );
});
