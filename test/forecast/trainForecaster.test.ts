import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/compute/useBackend";
import { fitMinMax } from "../../lib/data/scale";
import { syntheticSales } from "../../lib/data/syntheticSales";
import { toRows } from "../../lib/data/toRows";
import { slidingWindows } from "../../lib/data/windows";
import { meanAbsoluteError, meanForecast, naiveForecast } from "../../lib/forecast/baselines";
import { buildLstm } from "../../lib/forecast/lstm";
import { predictRows } from "../../lib/forecast/predictRows";
import { trainForecaster } from "../../lib/forecast/trainForecaster";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()));
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** Two waves, a quarter of a period apart, between 0 and 1: learnable to the last digit. */
const waves = Array.from(
  { length: 240 },
  (_, i) => 0.5 + 0.5 * Math.sin((2 * Math.PI * (i >> 1)) / 12 + (i % 2) * 1.5),
);

test("trainForecaster() learns a wave, its loss falls, and it beats the naive forecast on what it has not seen", async () => {
  const training = slidingWindows(waves.slice(0, 160), 2);
  const exam = slidingWindows(waves.slice(160), 2);
  const model = buildLstm({ units: 16 });
  const told: [number, number][] = [];
  const onEpoch = (epoch: number, loss: number) => void told.push([epoch, loss]);
  const losses = await trainForecaster(model, training, { epochs: 60, batchSize: 16, onEpoch });
  assert.deepEqual(
    told,
    losses.map((loss, i) => [i + 1, loss]),
  );
  assert.ok(losses[59] < losses[0] / 50, `${losses[0]} to ${losses[59]}`);
  const error = (forecast: Float32Array) => mean(meanAbsoluteError(forecast, exam.targets, 2));
  const [ours, naive] = [error(predictRows(model, exam.inputs)), error(naiveForecast(exam))];
  assert.ok(ours < naive / 4, `${ours} against ${naive}`);
});

test("trainForecaster() gives the same weights twice, and others for another seed", async () => {
  const windows = slidingWindows(waves.slice(0, 80), 2);
  const trained = async (seed: number) => {
    const model = buildLstm({ units: 6 });
    return { losses: await trainForecaster(model, windows, { epochs: 3, seed }), weights: weightsOf(model) };
  };
  const first = await trained(1);
  assert.deepEqual(await trained(1), first);
  assert.notDeepEqual((await trained(2)).weights, first.weights);
});

test("trainForecaster() tells the mean squared error, one batch for all windows taken before its step", async () => {
  const windows = slidingWindows(waves.slice(0, 60), 2);
  const model = buildLstm({ units: 6 });
  const forecast = predictRows(model, windows.inputs);
  const wanted = mean(windows.targets.map((value, i) => (value - forecast[i]) ** 2));
  const [loss] = await trainForecaster(model, windows, { epochs: 1, batchSize: 100 });
  assert.ok(Math.abs(loss - wanted) < 1e-6, `${loss} instead of ${wanted}`);
});

test("trainForecaster() weighs a short last batch by its windows", async () => {
  const windows = slidingWindows(waves.slice(0, 60), 2); // 27 windows
  const frozen = buildLstm({ units: 6 });
  frozen.compile({ optimizer: tf.train.sgd(1e-12), loss: "meanSquaredError" });
  const losses = async (batchSize: number) => trainForecaster(frozen, windows, { epochs: 1, batchSize });
  const [[whole], [split]] = [await losses(100), await losses(26)];
  assert.ok(Math.abs(whole - split) < 1e-6, `${split} instead of ${whole}`);
});

test("trainForecaster() in 20 epochs on the first lesson's sales learns hardly more than the mean", async () => {
  const sales = syntheticSales();
  const rows = toRows([sales.array("sales_volume"), sales.array("social_mentions")] as Int32Array[]);
  const series = fitMinMax(rows.subarray(0, 160), 2).transform(rows);
  const model = buildLstm();
  const losses = await trainForecaster(model, slidingWindows(series.subarray(0, 160), 2));
  assert.equal(losses.length, 20);
  assert.ok(losses[19] < losses[0] && losses[19] > 0.06 && losses[19] < 0.12, `${losses[19]}, 1/12 is the mean's`);
  const exam = slidingWindows(series.subarray(77 * 2), 2);
  const forecast = predictRows(model, exam.inputs);
  const error = (values: Float32Array) => mean(meanAbsoluteError(values, exam.targets, 2));
  const ratio = error(forecast) / error(meanForecast(series.subarray(0, 160), exam));
  assert.ok(ratio > 0.85 && ratio < 1.15, `${ratio} of the mean's error`);
  const spread = Math.sqrt(mean(forecast.map((value) => (value - mean(forecast)) ** 2)));
  assert.ok(spread < 0.15, `forecasts spread by ${spread}, the sales by 0.29`);
});

test("trainForecaster() leaves no tensor behind from epoch to epoch", async () => {
  const model = buildLstm({ units: 5 });
  const windows = slidingWindows(waves.slice(0, 80), 2);
  const counts: number[] = [];
  await trainForecaster(model, windows, { epochs: 5, onEpoch: () => void counts.push(tf.memory().numTensors) });
  assert.deepEqual(new Set(counts.slice(1)), new Set([counts[0]]));
});

test("trainForecaster() stops when the loss is no longer a number", async () => {
  const windows = slidingWindows([1, 2, 3, Infinity, 5, 6], 1);
  await assert.rejects(trainForecaster(buildLstm({ columns: 1, units: 2 }), windows), {
    name: "RangeError",
    message: /^trainForecaster\(\): the loss is (NaN|Infinity) in epoch 1; use tanh or scale the series$/,
  });
});

test("trainForecaster() refuses windows of another shape than its model's, and settings that are none", async () => {
  const windows = slidingWindows(waves, 2);
  await assert.rejects(trainForecaster(buildLstm({ steps: 4 }), windows), {
    name: "TypeError",
    message: "trainForecaster(): the windows are 3 x 2, the model takes 4 x 2; cut them with slidingWindows() to fit",
  });
  for (const wrong of [0, 1.5, NaN]) {
    await assert.rejects(trainForecaster(buildLstm({ units: 2 }), windows, { epochs: wrong }), {
      name: "RangeError",
      message: `trainForecaster(): epochs ${wrong} is not an integer of 1 or more`,
    });
    await assert.rejects(trainForecaster(buildLstm({ units: 2 }), windows, { batchSize: wrong }), {
      name: "RangeError",
      message: `trainForecaster(): batchSize ${wrong} is not an integer of 1 or more`,
    });
  }
});

test("trainForecaster() is interrupted after the running epoch, says so, and keeps what was learned", async () => {
  const windows = slidingWindows(waves, 2);
  const [stopped, short] = [buildLstm({ units: 4 }), buildLstm({ units: 4 })];
  const onEpoch = (epoch: number) => void (epoch === 2 && process.emit("SIGINT"));
  await assert.rejects(trainForecaster(stopped, windows, { epochs: 20, onEpoch }), {
    name: "Interrupted",
    message: "trainForecaster(): interrupted after 2 of 20 epochs; the model keeps what it has learned",
  });
  await trainForecaster(short, windows, { epochs: 2 });
  assert.deepEqual(weightsOf(stopped), weightsOf(short));
  assert.equal(process.listenerCount("SIGINT"), 0);
});
