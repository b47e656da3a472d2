import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/compute/useBackend";
import { directWindows } from "../../lib/data/directWindows";
import { plantedDemand } from "../../lib/data/plantedDemand";
import type { SalesSeries } from "../../lib/data/salesSeries";
import { slidingWindows } from "../../lib/data/windows";
import { classicalMethods, usualMethod } from "../../lib/forecast/classicalMethods";
import { linearMethod } from "../../lib/forecast/linearMethod";
import { buildLstm } from "../../lib/forecast/lstm";
import { lstmMethod } from "../../lib/forecast/lstmMethod";
import { predictRows } from "../../lib/forecast/predictRows";
import { maseByStep, scoreTrials } from "../../lib/forecast/scoreTrials";
import { trainForecaster } from "../../lib/forecast/trainForecaster";
import { walkForward, type FitMethod } from "../../lib/forecast/walkForward";
import { windowMethod } from "../../lib/forecast/windowMethod";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

const demand = plantedDemand();
const walk = { from: 260, ahead: 4, every: 4, refit: 52 };
const maseOf = async (fit: FitMethod, series: SalesSeries = demand) =>
  scoreTrials(await walkForward(series, fit, walk)).MASE;

test("windowMethod() scales by what is known at the fit, and takes its forecast back to pieces", async () => {
  const seen: number[][] = [];
  const fit = windowMethod(
    async (rows, { columns }) => {
      assert.equal(columns, 2);
      const [rest, mentions] = [0, 1].map((column) => rows.filter((_, i) => i % 2 === column));
      for (const own of [rest, mentions]) seen.push([Math.min(...own), Math.max(...own)]);
      return (window, ahead) => new Float64Array(ahead).fill(window[window.length - 2]);
    },
    { steps: 3, ahead: 4 },
  );
  const trials = await walkForward(demand, fit, { ...walk, from: 300 });
  for (const range of seen) assert.ok(Math.abs(range[0]) < 1e-9 && Math.abs(range[1] - 1) < 1e-9);
  assert.equal(trials.length, 3);
  // The rest stays as it is: last week's sales, changed by trend, season and promotions.
  assert.ok(trials.every(({ forecast, actual }) => forecast.every((value, i) => value > 0.5 * actual[i])));
});

test("linearMethod() gains by the mentions in the first two weeks, over the regression alone", async () => {
  const [linear, usual] = [linearMethod(), usualMethod()].map((fit) =>
    walkForward(demand, fit, { ...walk, from: 208, every: 1 }),
  );
  const ratios = maseByStep(await linear);
  const plain = maseByStep(await usual);
  ratios.forEach((value, step) => (ratios[step] = value / plain[step]));
  assert.ok(ratios[0] < 0.7 && ratios[1] < 0.75, ratios.join(", "));
  const withoutMentions = { ...demand, mentions: undefined };
  assert.ok((await maseOf(linearMethod())) < 0.9 * (await maseOf(linearMethod(), withoutMentions)));
});

test("lstmMethod() of both kinds learns more than the regression, and gives the same for the same seed", async () => {
  const usual = await maseOf(usualMethod());
  for (const kind of ["direct", "iterated"] as const) {
    const fit = (seed: number) => lstmMethod({ kind, units: 12, epochs: 25, seed });
    const first = await maseOf(fit(1));
    assert.ok(first < 0.95 * usual, `${kind}: ${first} after ${usual}`);
    if (kind === "direct") assert.equal(await maseOf(fit(1)), first);
    if (kind === "direct") assert.notEqual(await maseOf(fit(2)), first);
  }
});

test("classicalMethods() leaves out what has not enough weeks, and all of them forecast", async () => {
  assert.deepEqual(Object.keys(classicalMethods(52, 40)), ["naive", "mean", "moving average", "exponential smoothing", "Holt", "Theta", "ARIMA"]); // prettier-ignore
  assert.equal(Object.keys(classicalMethods(52, 104)).length, 10);
  for (const [name, fit] of Object.entries(classicalMethods(52, 208))) {
    const [trial] = await walkForward(demand, fit, { from: 308 });
    assert.ok(
      trial.forecast.every((value) => value > 50 && value < 3000),
      `${name}: ${trial.forecast.join(", ")}`,
    );
  }
});

const waves = Float64Array.from({ length: 120 }, (_, i) => 0.5 + 0.5 * Math.sin(i / 3));

test("trainForecaster() ends with the weights of the best epoch, and stops when it has waited long enough", async () => {
  const windows = directWindows(waves, 1, { steps: 4, ahead: 3 });
  const cut = (from: number, to: number) => ({
    ...windows,
    inputs: windows.inputs.slice(from * 4, to * 4),
    targets: windows.targets.slice(from * 3, to * 3),
    count: to - from,
  });
  const [training, validation] = [cut(0, 90), cut(90, windows.count)];
  const model = buildLstm({ steps: 4, columns: 1, outputs: 3, units: 6, activation: "tanh" });
  model.compile({ optimizer: tf.train.adam(0.3), loss: "meanSquaredError" }); // so large that it gets worse again
  const held: number[] = [];
  const onEpoch = (_: number, _loss: number, loss = NaN) => void held.push(loss);
  const losses = await trainForecaster(model, training, { epochs: 200, patience: 5, validation, onEpoch });
  const best = Math.min(...held);
  assert.equal(losses.length, held.length);
  assert.equal(held.indexOf(best) + 1 + 5, held.length);
  const forecast = predictRows(model, validation.inputs);
  const error = forecast.reduce((sum, value, i) => sum + (value - validation.targets[i]) ** 2, 0) / forecast.length;
  assert.ok(Math.abs(error - best) < 1e-7, `${error} instead of ${best}`);
});

test("trainForecaster() refuses targets of another width than the model's outputs", async () => {
  const windows = directWindows(waves, 1, { steps: 4, ahead: 3 });
  await assert.rejects(trainForecaster(buildLstm({ steps: 4, columns: 1, units: 2 }), windows), {
    name: "TypeError",
    message: "trainForecaster(): the windows have targets of 3, the model gives 1; build it with { outputs: 3 }",
  });
  const model = buildLstm({ steps: 4, columns: 1, units: 2 });
  const plain = slidingWindows(waves, 1, { steps: 4 });
  await assert.rejects(trainForecaster(model, plain, { patience: 0 }), /patience 0 is not an integer of 1 or more/);
});
