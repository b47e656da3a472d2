import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/compute/useBackend";
import { seededRandom } from "../../../lib/random";
import { buildSixLayerCnn } from "../../../lib/vision/cnn";
import { compile } from "../../../lib/vision/compile";
import { embed } from "../../../lib/vision/embed";
import { train } from "../../../lib/vision/train";
import { fewShot } from "../../../lib/vision/transfer/fewShot";
import { freeze, unfreeze } from "../../../lib/vision/transfer/freeze";
import { replaceHead } from "../../../lib/vision/transfer/replaceHead";
import { selectClasses, takePerClass } from "../../../lib/vision/transfer/selectClasses";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

/** The weights by layers: a model's own list puts those first that are trained. */
const numbers = ({ layers }: tf.LayersModel) =>
  layers.flatMap((layer) => layer.getWeights()).map((weight) => Array.from(weight.dataSync()));

/** Pictures of as many classes as wanted: each has a white bar at another height, and noise. */
function bars(count: number, classes: number, seed = 1) {
  const random = seededRandom(seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  const images = Float32Array.from({ length: count * 784 }, (_, at) => {
    const row = Math.floor((at % 784) / 28);
    const bar = Math.floor((row * classes) / 28) === labels[Math.floor(at / 784)];
    return 0.5 * random.uniform() + (bar ? 0.5 : 0);
  });
  return { images, labels };
}

test("replaceHead() copies all weights but the head's, and the original stays as it is", async () => {
  const model = buildSixLayerCnn({ seed: 1 });
  const before = numbers(model);
  const copy = await replaceHead(model, 2, { seed: 5 });
  assert.deepEqual(numbers(copy).slice(0, -2), before.slice(0, -2));
  assert.deepEqual(copy.outputShape, [null, 2]);
  const { images, labels } = bars(20, 2);
  assert.deepEqual((await embed(copy, images)).vectors, (await embed(model, images)).vectors);
  const options = { epochs: 1, batchSize: 10, checkpoints: false as const };
  await train(compile(copy), { images, labels }, options);
  assert.notDeepEqual(numbers(copy).slice(0, -2), before.slice(0, -2));
  assert.deepEqual(numbers(model), before);
  const again = await replaceHead(model, 2, { seed: 5 });
  assert.deepEqual(numbers(again), numbers(await replaceHead(model, 2, { seed: 5 })));
  assert.notDeepEqual(numbers(again), numbers(await replaceHead(model, 2, { seed: 6 })));
});

test("replaceHead() takes a model with branches, and gives it away as a head of a head", async () => {
  const input = tf.input({ shape: [28, 28, 1] });
  const flat = tf.layers.flatten({}).apply(input) as tf.SymbolicTensor;
  const branches = [1, 2].map((seed) => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed });
    return tf.layers.dense({ units: 3, kernelInitializer }).apply(flat) as tf.SymbolicTensor;
  });
  const sum = tf.layers.add().apply(branches) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: tf.layers.dense({ units: 10 }).apply(sum) as tf.SymbolicTensor });
  const twice = await replaceHead(await replaceHead(model, 4), 2);
  assert.deepEqual(numbers(twice).slice(0, 4), numbers(model).slice(0, 4));
  assert.deepEqual(twice.outputShape, [null, 2]);
});

test("freeze() leaves the layers up to the one named as they are, bit for bit; unfreeze() trains them again", async () => {
  const { images, labels } = bars(20, 2);
  const model = await replaceHead(buildSixLayerCnn({ seed: 1 }), 2);
  const before = numbers(model);
  const options = { epochs: 2, batchSize: 10, checkpoints: false as const };
  await train(compile(freeze(model, "embedding")), { images, labels }, options);
  const after = numbers(model);
  assert.deepEqual(after.slice(0, -2), before.slice(0, -2));
  assert.notDeepEqual(after.slice(-2), before.slice(-2));
  await train(compile(unfreeze(model)), { images, labels }, options);
  numbers(model).forEach((values, at) => assert.notDeepEqual(values, after[at]));
});

test("freeze() and replaceHead() refuse what cannot be", async () => {
  const model = buildSixLayerCnn();
  const names = "convolution_1, pooling_1, convolution_2, pooling_2, convolution_3, flatten, embedding, probabilities";
  assert.throws(() => freeze(model, "last"), {
    name: "RangeError",
    message: `freeze(): there is no layer "last"; the layers are ${names}`,
  });
  assert.throws(() => freeze(model, "probabilities"), {
    name: "RangeError",
    message: 'freeze(): "probabilities" is the last layer, so nothing is left to train; name an earlier one',
  });
  await assert.rejects(replaceHead(model, 1), {
    name: "RangeError",
    message: "replaceHead(): 1 classes; give a whole number from 2",
  });
  const flat = tf.sequential({ layers: [tf.layers.dense({ name: "only", units: 2, inputShape: [784] })] });
  await assert.rejects(replaceHead(flat, 2), {
    name: "TypeError",
    message:
      "replaceHead(): the last layer, only, does not take a row of numbers from another layer; give a classifier with a layer before its output",
  });
});

test("selectClasses() keeps the examples of some classes and counts these from 0", () => {
  const images = Float32Array.from({ length: 6 * 784 }, (_, at) => Math.floor(at / 784));
  const { images: kept, labels } = selectClasses({ images, labels: Uint8Array.of(4, 2, 7, 4, 2, 1) }, [4, 2]);
  assert.deepEqual(labels, Uint8Array.of(0, 1, 0, 1));
  assert.deepEqual([kept[0], kept[784], kept[3 * 784]], [0, 1, 4]);
  assert.throws(() => selectClasses({ images, labels: new Uint8Array(6) }, [0, 3]), {
    name: "RangeError",
    message: "selectClasses(): there is no example of class 3; name classes that are there",
  });
});

test("takePerClass() draws as many of each class, more labels adding to fewer", () => {
  const examples = bars(40, 4);
  const three = takePerClass(examples, 3, seededRandom(2));
  assert.deepEqual(three.labels, Uint8Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3));
  const one = takePerClass(examples, 1, seededRandom(2));
  assert.deepEqual(one.images.subarray(784, 2 * 784), three.images.subarray(3 * 784, 4 * 784));
  assert.throws(() => takePerClass(examples, 11, seededRandom(2)), {
    name: "RangeError",
    message: "takePerClass(): 11 examples of class 0, which has 10; give 1 to 10",
  });
});

/** A net of one hidden unit, which is not more than the sum of the pixels weighed. */
function oneUnit({ seed }: { seed: number }): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [28, 28, 1] }),
      tf.layers.dense({ name: "embedding", units: 1, kernelInitializer }),
      tf.layers.dense({ units: 3, activation: "softmax", kernelInitializer }),
    ],
  });
}

/** Noise that is a little brighter above in class 0 and below in class 1. */
function halves(count: number, seed: number) {
  const random = seededRandom(seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const images = Float32Array.from({ length: count * 784 }, (_, at) => {
    const below = at % 784 < 392 ? 0 : 1;
    return random.uniform() + (below === labels[Math.floor(at / 784)] ? 0.1 : 0);
  });
  return { images, labels };
}

test("fewShot() learns of two labels what a network knows already, and leaves that network as it is", async () => {
  const pretrained = oneUnit({ seed: 1 });
  const planted = Float32Array.from({ length: 784 }, (_, pixel) => (pixel < 392 ? 0.05 : -0.05));
  pretrained.getLayer("embedding").setWeights([tf.tensor2d(planted, [784, 1]), tf.zeros([1])]);
  const before = numbers(pretrained);
  const task = { pretrained, build: oneUnit, pool: halves(40, 1), exam: halves(400, 2) };
  const scores = await fewShot(task, { labels: 1, seed: 3, steps: 60 });
  assert.deepEqual(Object.keys(scores), ["frozen", "fine-tuned", "from scratch"]);
  assert.ok(scores.frozen > 0.95 && scores["fine-tuned"] > 0.95, JSON.stringify(scores));
  assert.ok(scores["from scratch"] < 0.8, JSON.stringify(scores));
  assert.deepEqual(await fewShot(task, { labels: 1, seed: 3, steps: 60 }), scores);
  assert.notDeepEqual(await fewShot(task, { labels: 1, seed: 4, steps: 60 }), scores);
  assert.deepEqual(numbers(pretrained), before);
});
