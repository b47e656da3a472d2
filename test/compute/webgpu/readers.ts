import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/compute/useBackend";
import { slidingWindows } from "../../../lib/data/windows";
import { forecastWindows } from "../../../lib/forecast/forecastWindows";
import { buildLstm } from "../../../lib/forecast/lstm";
import { predictRows } from "../../../lib/forecast/predictRows";
import { trainForecaster } from "../../../lib/forecast/trainForecaster";
import { liveCallback } from "../../../lib/notebook/liveCallback";
import { tensorBundle } from "../../../lib/notebook/tensorBundle";
import { buildCnn } from "../../../lib/vision/cnn";
import { evaluate } from "../../../lib/vision/evaluate";
import { gradCam } from "../../../lib/vision/look/gradCam";
import { featureMaps, filtersOf } from "../../../lib/vision/look/layerPictures";
import { trustworthiness } from "../../../lib/vision/map/keptNeighbours";
import { nearestNeighbours } from "../../../lib/vision/map/nearestNeighbours";
import { embedPretrained } from "../../../lib/vision/pretrained/embedPretrained";

const waves = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * i) ** 2);
const rows = (count: number, length: number) => ({ vectors: waves(count * length), length });
/** On a GPU the squares are nowhere else until they are read. */
const squares = (...values: number[]) => tf.square(tf.tensor1d(values));

const images = waves(6 * 784);
const labels = Uint8Array.from([0, 1, 2, 3, 4, 5]);
const windows = slidingWindows(Float64Array.from(waves(60)), 2, { steps: 4 });
const newForecaster = () => buildLstm({ steps: 4, units: 5 });

/** The net of lesson 1 with weights that a GPU has computed, and the name of its first convolution. */
function newNet(): { model: tf.LayersModel; layer: string } {
  const model = buildCnn({ seed: 1 });
  model.setWeights(model.getWeights().map((weight) => tf.mul(weight, 2)));
  return { model, layer: model.layers.find((layer) => layer.getClassName() === "Conv2D")!.name };
}

async function fitLive(): Promise<number[]> {
  const dense = tf.layers.dense({ units: 1, kernelInitializer: "zeros", inputShape: [2] });
  const model = tf.sequential({ layers: [dense] });
  model.compile({ loss: "meanSquaredError", optimizer: tf.train.sgd(0.1), metrics: ["mae"] });
  const [x, y] = [tf.tensor2d(waves(16), [8, 2]), tf.tensor2d(waves(8), [8, 1])];
  const callbacks = liveCallback({ log: () => {} });
  const { history } = await model.fit(x, y, { epochs: 2, batchSize: 4, shuffle: false, callbacks });
  return [...history.loss, ...history.mae] as number[];
}

async function trainLstm(): Promise<number[]> {
  const model = newForecaster();
  const losses = await trainForecaster(model, windows, { epochs: 2, validation: windows });
  return [...losses, ...predictRows(model, windows.inputs)];
}

async function embedByNet(): Promise<Float32Array> {
  const input = { height: 28, width: 28, channels: 1 as const };
  const { vectors } = await embedPretrained({ model: newNet().model, input }, images);
  return vectors;
}

function lookAt(look: (net: ReturnType<typeof newNet>) => ArrayLike<number>): ArrayLike<number> {
  return look(newNet());
}

/** What reads tensors at once, of the library and of TensorFlow.js: each gives the numbers that it makes of given ones. */
export const readers: Record<string, () => ArrayLike<number> | Promise<ArrayLike<number>>> = {
  gradCam: () => lookAt(({ model, layer }) => gradCam(model, images, { layer, classes: labels })),
  filtersOf: () => lookAt(({ model, layer }) => filtersOf(model, layer).values),
  featureMaps: () => lookAt(({ model, layer }) => featureMaps(model, images.slice(0, 784), layer).values),
  embedPretrained: embedByNet,
  evaluate: async () => [(await evaluate(newNet().model, { images, labels })).accuracy],
  nearestNeighbours: () => nearestNeighbours(rows(40, 9), { count: 3 }).distances,
  trustworthiness: () => [trustworthiness(rows(40, 9), rows(40, 2), { count: 3 })],
  predictRows: () => predictRows(newForecaster(), windows.inputs),
  forecastWindows: () => forecastWindows(newForecaster(), windows.inputs, 2),
  trainForecaster: trainLstm,
  liveCallback: fitLive,
  tensorBundle: () => (tensorBundle(squares(1, 2, 3))["text/plain"] as string).match(/\d+/g)!.map(Number),
  dataSync: () => squares(1, 2, 3).dataSync(),
  arraySync: () => tf.topk(squares(1, 5, 3), 2).values.arraySync() as number[],
  complex: () => tf.complex(squares(1, 2), squares(3, 4)).dataSync(),
  confusionMatrix: () =>
    tf.math.confusionMatrix(tf.tensor1d([0, 1, 1], "int32"), tf.tensor1d([0, 1, 0], "int32"), 2).dataSync(),
  booleanMask: async () => (await tf.booleanMaskAsync(squares(1, 5, 2), tf.greater(squares(1, 5, 1), 2))).dataSync(),
  nonMaxSuppression: () =>
    tf.image.nonMaxSuppression(tf.tensor2d([0, 0, 1, 1, 0, 0, 1, 1], [2, 4]), squares(0.9, 0.8), 2).dataSync(),
};

/** Runs all of them on the backend that `ATELIER_BACKEND` asks for, and prints their numbers as JSON, a line for each. */
export async function printAll(): Promise<void> {
  await useBackend({ log: () => {} });
  for (const [name, read] of Object.entries(readers))
    console.log(JSON.stringify({ name, numbers: Array.from(await read()) }));
}
