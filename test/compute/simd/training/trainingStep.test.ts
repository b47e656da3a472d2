import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { layOutPrediction } from "../../../../lib/compute/simd/training/prediction";
import { layOutTraining } from "../../../../lib/compute/simd/training/trainingStep";
import { integer, normal, seededRandom, type Random } from "../../../../lib/random";
import { againstCpu } from "../against";

before(() => againstCpu("makes the backends", () => tf.scalar(1)));

interface Net {
  inputShape: [number, number, number];
  layers: tf.layers.Layer[];
}

const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
const relu = { kernelSize: 3, activation: "relu" } as const;
const softmax = () => dense({ units: 5, activation: "softmax" });

/** Nets that take every pass there is: thin, wide, plain convolutions; odd sizes, padding, no bias, no relu. */
const nets: Record<string, () => Net> = {
  "thin, wide, dense": () => ({
    inputShape: [16, 15, 1],
    layers: [
      conv2d({ ...relu, filters: 8, inputShape: [16, 15, 1] }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ ...relu, filters: 16 }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 12, activation: "relu" }),
      softmax(),
    ],
  }),
  "three channels, no relu, no bias": () => ({
    inputShape: [9, 12, 3],
    layers: [
      conv2d({ filters: 16, kernelSize: 3, useBias: false, inputShape: [9, 12, 3] }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 5, activation: "softmax", useBias: false }),
    ],
  }),
  "wide first, padded, then plain with stride": () => ({
    inputShape: [9, 9, 8],
    layers: [
      conv2d({ ...relu, filters: 8, padding: "same", inputShape: [9, 9, 8] }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ ...relu, filters: 24, padding: "same" }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 6, kernelSize: 2, strides: 2, padding: "same", activation: "relu" }),
      flatten(),
      softmax(),
    ],
  }),
  "plain convolutions alone": () => ({
    inputShape: [8, 7, 2],
    layers: [
      conv2d({ filters: 5, kernelSize: [3, 2], strides: [2, 1], activation: "relu", inputShape: [8, 7, 2] }),
      conv2d({ filters: 7, kernelSize: 3, useBias: false }),
      flatten(),
      softmax(),
    ],
  }),
};

function build(net: Net, optimizer: tf.Optimizer): tf.Sequential {
  const model = tf.sequential({ layers: net.layers });
  model.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

function drawBatch(random: Random, count: number, shape: number[]) {
  const images = Float32Array.from({ length: count * tf.util.sizeFromShape(shape) }, () => normal(random));
  return { images, labels: Int32Array.from({ length: count }, () => integer(random, 0, 5)) };
}

type Batch = ReturnType<typeof drawBatch>;

function drawWeights(random: Random, model: tf.LayersModel): Float32Array[] {
  return model.getWeights().map(({ size }) => Float32Array.from({ length: size }, () => 0.2 * normal(random)));
}

function setWeights(model: tf.LayersModel, values: Float32Array[]): void {
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }, i) => tf.tensor(values[i], shape))));
}

/** Trains on `cpu` with trainOnBatch: losses, accuracies, and the weights at the end. */
async function trainNaively(make: () => Net, optimizer: () => tf.Optimizer, weights: Float32Array[], batches: Batch[]) {
  await tf.setBackend("cpu");
  const net = make();
  const model = build(net, optimizer());
  setWeights(model, weights);
  const steps: number[][] = [];
  for (const { images, labels } of batches) {
    const x = tf.tensor(images, [labels.length, ...net.inputShape]);
    const y = tf.tensor2d(Float32Array.from(labels), [labels.length, 1]);
    steps.push((await model.trainOnBatch(x, y)) as number[]);
    tf.dispose([x, y]);
  }
  return { steps, weights: model.getWeights().map((weight) => weight.dataSync() as Float32Array) };
}

async function trainLaidOut(
  backend: string,
  { make, optimizer }: { make: () => Net; optimizer: () => tf.Optimizer },
  weights: Float32Array[],
  batches: Batch[],
) {
  await tf.setBackend(backend);
  const model = build(make(), optimizer());
  setWeights(model, weights);
  const training = layOutTraining(model, Math.max(...batches.map(({ labels }) => labels.length)));
  assert.ok(training);
  const steps = batches.map((batch) => {
    const { loss, accuracy } = training.run(batch.labels.length, (images, labels) => {
      images.set(batch.images);
      labels.set(batch.labels);
    });
    return [loss, accuracy];
  });
  training.release();
  return { steps, weights: model.getWeights().map((weight) => weight.dataSync() as Float32Array) };
}

function assertNear(got: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number, message: string): void {
  assert.equal(got.length, wanted.length, message);
  for (let i = 0; i < got.length; i++)
    assert.ok(Math.abs(got[i] - wanted[i]) <= tolerance, `${message}: number ${i} is ${got[i]}, not ${wanted[i]}`);
}

for (const [name, make] of Object.entries(nets)) {
  test(`layOutTraining() moves each weight as cpu's gradients do, whatever the threads: ${name}`, async () => {
    const random = seededRandom(3);
    const sgd = () => tf.train.sgd(0.05);
    await tf.setBackend("cpu");
    const net = make();
    const weights = drawWeights(random, build(net, sgd()));
    const batches = [11, 4, 1].map((count) => drawBatch(random, count, net.inputShape));
    const naive = await trainNaively(make, sgd, weights, batches);
    const one = await trainLaidOut("simd-1", { make, optimizer: sgd }, weights, batches);
    const two = await trainLaidOut("simd-2", { make, optimizer: sgd }, weights, batches);
    assert.deepEqual(two, one);
    naive.steps.forEach((step, i) => assertNear(one.steps[i], step, 1e-5, `loss and accuracy of step ${i}`));
    naive.weights.forEach((values, i) => assertNear(one.weights[i], values, 2e-5, `weight ${i}`));
  });
}

test("layOutTraining() goes with cpu through an epoch, loss by loss, with Adam, momentum and RMSProp", async () => {
  const make = nets["thin, wide, dense"];
  const optimizers = [() => tf.train.adam(1e-3), () => tf.train.momentum(1e-2, 0.9), () => tf.train.rmsprop(1e-3)];
  for (const optimizer of optimizers) {
    const random = seededRandom(4);
    await tf.setBackend("cpu");
    const weights = drawWeights(random, build(make(), optimizer()));
    const batches = Array.from({ length: 12 }, () => drawBatch(random, 8, make().inputShape));
    const naive = await trainNaively(make, optimizer, weights, batches);
    for (const backend of ["simd-2", "simd-unshared"]) {
      const ours = await trainLaidOut(backend, { make, optimizer }, weights, batches);
      naive.steps.forEach((step, i) => assertNear(ours.steps[i], step, 2e-4, `step ${i} on ${backend}`));
    }
  }
});

test("layOutTraining() leaves nothing behind, and changes no copy of a weight", async () => {
  await tf.setBackend("simd-2");
  const random = seededRandom(5);
  const net = nets["thin, wide, dense"]();
  const model = build(net, tf.train.adam());
  const kept = model.getWeights().map((weight) => weight.clone());
  const values = kept.map((copy) => copy.dataSync());
  const batch = drawBatch(random, 6, net.inputShape);
  const step = () => {
    const training = layOutTraining(model, 6)!;
    training.run(6, (images, labels) => {
      images.set(batch.images);
      labels.set(batch.labels);
    });
    training.release();
  };
  step();
  kept.forEach((copy, i) => assert.deepEqual(copy.dataSync(), values[i]));
  assert.notDeepEqual(model.getWeights()[0].dataSync(), values[0]);
  const { numTensors, numBytes } = tf.memory();
  const used = (tf.backend() as unknown as { pool: { allocator: { used(): number } } }).pool.allocator.used;
  const before = used();
  for (let i = 0; i < 3; i++) step();
  assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes, used()], [numTensors, numBytes, before]);
});

test("layOutPrediction() gives cpu's probabilities, for batches of any size, and leaves nothing behind", async () => {
  for (const [name, make] of Object.entries(nets)) {
    const random = seededRandom(6);
    await tf.setBackend("cpu");
    const net = make();
    const naive = build(net, tf.train.sgd(1));
    const weights = drawWeights(random, naive);
    setWeights(naive, weights);
    const { images } = drawBatch(random, 7, net.inputShape);
    const x = tf.tensor(images, [7, ...net.inputShape]);
    const wanted = (naive.predict(x) as tf.Tensor).dataSync();
    await tf.setBackend("simd-2");
    const model = build(make(), tf.train.sgd(1));
    setWeights(model, weights);
    const before = tf.memory().numTensors;
    const prediction = layOutPrediction(model, 7)!;
    assertNear(
      prediction.run(7, (view) => view.set(images)),
      wanted,
      1e-5,
      name,
    );
    const rest = images.subarray(0, images.length / 7);
    assertNear(
      prediction.run(1, (view) => view.set(rest)),
      wanted.subarray(0, 5),
      1e-5,
      name,
    );
    assert.throws(() => prediction.run(8, () => {}), {
      message: "a prediction got 8 images, wanted 1 to 7; for more, pass a larger most to layOutPrediction()",
    });
    prediction.release();
    assert.equal(tf.memory().numTensors, before);
  }
});

test("layOutTraining() refuses a label that is no class", async () => {
  await tf.setBackend("simd-2");
  const training = layOutTraining(build(nets["plain convolutions alone"](), tf.train.sgd(1)), 2)!;
  assert.throws(() => training.run(2, (_, labels) => labels.set([4, 5])), {
    name: "RangeError",
    message: "a label is 5; with 5 classes they go from 0 to 4",
  });
  training.release();
});

test("a layout refuses to run after release() or on another backend, and sizes that cannot be", async () => {
  await tf.setBackend("simd-2");
  const model = build(nets["plain convolutions alone"](), tf.train.adam());
  for (const most of [0, 2.5, NaN])
    assert.throws(() => layOutTraining(model, most), { name: "RangeError", message: /^a layout for .* whole number/ });
  const training = layOutTraining(model, 2)!;
  const run = () => training.run(2, (images, labels) => [images.fill(0.5), labels.set([0, 4])]);
  const { loss } = run();
  await tf.setBackend("cpu");
  assert.throws(run, { message: /laid out on the backend simd, and cpu is in use; call tf\.setBackend/ });
  await tf.setBackend("simd-2");
  assert.ok(run().loss < loss);
  training.release();
  assert.throws(run, { message: /was released; lay the model out anew/ });
});

test("a layout that memory does not suffice for leaves none taken", async () => {
  await tf.setBackend("simd-2");
  const model = build(nets["plain convolutions alone"](), tf.train.adam());
  const { used } = (tf.backend() as unknown as { pool: { allocator: { used(): number } } }).pool.allocator;
  const before = [used(), tf.memory().numTensors];
  assert.throws(() => layOutTraining(model, 3e6), { name: "RangeError", code: "ERR_KERNEL_MEMORY" });
  assert.deepEqual([used(), tf.memory().numTensors], before);
});

test("layOutTraining() gives null for what it does not know", async () => {
  const known = nets["plain convolutions alone"];
  const unknown: Record<string, tf.layers.Layer[]> = {
    dropout: [flatten({ inputShape: [4, 4, 1] }), tf.layers.dropout({ rate: 0.5 }), softmax()],
    "no softmax": [flatten({ inputShape: [4, 4, 1] }), dense({ units: 5 })],
    tanh: [flatten({ inputShape: [4, 4, 1] }), dense({ units: 5, activation: "tanh" }), softmax()],
    regularizer: [flatten({ inputShape: [4, 4, 1] }), dense({ units: 5, activation: "softmax", kernelRegularizer: "l1l2" })], // prettier-ignore
    "a dense layer of rows": [dense({ inputShape: [4, 4, 1], units: 3, activation: "relu" }), flatten(), softmax()],
    "softmax after a convolution": [conv2d({ ...relu, inputShape: [4, 4, 1], filters: 4, activation: "softmax" }), flatten(), softmax()], // prettier-ignore
    "channels first in flatten": [conv2d({ ...relu, inputShape: [4, 4, 1], filters: 4 }), flatten({ dataFormat: "channelsFirst" }), softmax()], // prettier-ignore
    "channels first in pooling": [conv2d({ ...relu, inputShape: [10, 10, 1], filters: 8 }), maxPooling2d({ poolSize: 2, dataFormat: "channelsFirst" }), flatten(), softmax()], // prettier-ignore
  };
  await tf.setBackend("simd-2");
  for (const [name, layers] of Object.entries(unknown))
    assert.equal(layOutTraining(build({ inputShape: [4, 4, 1], layers }, tf.train.sgd(1)), 4), null, name);
  const rows = tf.sequential({ layers: [dense({ inputShape: [3, 4], units: 5, activation: "softmax" })] });
  const frozen = tf.sequential({ layers: known().layers });
  frozen.trainable = false;
  const again = dense({ units: 16, activation: "relu" });
  const twice = tf.sequential({ layers: [flatten({ inputShape: [4, 4, 1] }), again, again, softmax()] });
  for (const [name, model] of Object.entries({ rows, frozen, twice })) {
    model.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy" });
    assert.equal(layOutTraining(model, 4), null, name);
  }
  const other = tf.sequential({ layers: known().layers });
  other.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  assert.equal(layOutTraining(other, 4), null);
  const model = build(known(), tf.train.sgd(1));
  await tf.setBackend("cpu");
  assert.equal(layOutTraining(model, 4), null);
  await tf.setBackend("simd-2");
  const training = layOutTraining(model, 4)!;
  assert.throws(() => training.run(5, () => {}), {
    name: "RangeError",
    message: "a training step got 5 examples, wanted 1 to 4; for more, pass a larger most to layOutTraining()",
  });
  training.release();
});
