import assert from "node:assert/strict";
import { before, test } from "node:test";
import { useBackend } from "../../../lib/compute/useBackend";
import { type PlantedSales, plantedSales } from "../../../lib/data/plantedSales";
import { buildForecaster } from "../../../lib/demo/models/forecaster";
import { trainSeasonal } from "../../../lib/demo/models/seasonalForecaster";
import type { Forecaster } from "../../../lib/demo/services";

const [KNOWN, AHEAD, HELD] = [312, 26, 104];
const all = plantedSales({ weeks: KNOWN + AHEAD });
let forecaster: Forecaster;

/** The known weeks alone: what follows stays hidden, as the future does. */
before(async () => {
  await useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} });
  const series = all.series.map((one) => ({ ...one, sales: one.sales.subarray(0, KNOWN) }));
  const sales: PlantedSales = { weeks: all.weeks.slice(0, KNOWN), series };
  const volumes = series.map((one) => one.sales);
  const learned = await trainSeasonal(volumes, { epochs: 5, held: HELD, ahead: AHEAD });
  forecaster = buildForecaster({ ...learned, sales, held: HELD, coverage: 0.8 });
});

const outlooks = () => forecaster.categories.map((category) => forecaster.forecast(category, AHEAD));
const actual = (place: number, step: number) => all.series[place].sales[KNOWN + step];
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("forecast() holds about the stated share of a future it has not seen between its bounds", () => {
  const held = outlooks().flatMap(({ forecast }, place) =>
    forecast.map(({ low, high }, step) => Number(low <= actual(place, step) && actual(place, step) <= high)),
  );
  const share = mean(held);
  assert.ok(share > 0.7 && share < 0.9, `${share} of ${held.length}, with a coverage of 0.8`);
});

test("forecast() errs less than its baseline in the mean of all categories", () => {
  const errors = outlooks().map(({ typicalError }) => typicalError!);
  const [ours, rival] = [mean(errors.map(({ forecast }) => forecast)), mean(errors.map(({ baseline }) => baseline))];
  assert.ok(ours < rival && ours > 0.05, `${ours} beside ${rival}`);
});

test("forecast() goes on where the history ends, week by week, for the baseline too", () => {
  const { history, forecast, baseline, baselineName, coverage } = forecaster.forecast("Coat", 3);
  assert.deepEqual([history.length, history[311].week, history[0].week], [312, "2025-12-21", "2020-01-05"]);
  assert.deepEqual(forecast.map(({ week }) => week), ["2025-12-28", "2026-01-04", "2026-01-11"]); // prettier-ignore
  assert.deepEqual(baseline.map(({ week }) => week), forecast.map(({ week }) => week)); // prettier-ignore
  assert.deepEqual([baselineName, coverage], ["as a year ago", 0.8]);
  assert.deepEqual(baseline.map(({ sales }) => sales), history.slice(260, 263).map(({ sales }) => sales)); // prettier-ignore
  assert.ok(forecast.every(({ low, sales, high }) => low < sales && sales < high));
  assert.deepEqual(forecaster.forecast("Coat", 2).forecast, forecast.slice(0, 2));
});

test("forecast() says which categories and horizons there are", () => {
  assert.throws(() => forecaster.forecast("Hat", 4), /^RangeError: There is no category "Hat"; the categories are T-shirt\/top, Trouser, /); // prettier-ignore
  for (const horizon of [0, 27, 1.5, NaN])
    assert.throws(() => forecaster.forecast("Coat", horizon), {
      name: "RangeError",
      message: `The horizon ${horizon} is not a whole number of weeks from 1 to 26.`,
    });
});
