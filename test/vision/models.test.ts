import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import type { SimdBackend } from "../../lib/compute/simd/SimdBackend";
import { useBackend } from "../../lib/compute/useBackend";
import { dividedBy } from "../../lib/data/dividedPixels";
import { seededRandom } from "../../lib/random";
import { buildCnn, buildSixLayerCnn } from "../../lib/vision/cnn";
import { compile } from "../../lib/vision/compile";
import { embed } from "../../lib/vision/embed";
import { gatherRows, shareAbove, toUnitLength } from "../../lib/vision/embeddings";
import { evaluate } from "../../lib/vision/evaluate";
import { takeExamples, toByteExamples, toExamples } from "../../lib/vision/examples";
import { newPredictor, predict, toClasses } from "../../lib/vision/predict";
import { loadModel, saveModel } from "../../lib/vision/store";
import { summarize } from "../../lib/vision/summarize";
import { surestMistakes } from "../../lib/vision/surestMistakes";

const scratch = mkdtempSync(join(tmpdir(), "atelier-models-"));
const random = seededRandom(3);
const images = Float32Array.from({ length: 20 * 784 }, () => random.uniform());

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));
after(() => rmSync(scratch, { recursive: true }));

test("buildCnn() and buildSixLayerCnn() have the originals' layers, shapes and parameters", () => {
  const shapes = (model: tf.LayersModel) =>
    summarize(model).map((row) => `${row.kind} ${row.outputShape} ${row.parameters}`);
  assert.deepEqual(shapes(buildCnn()), [
    "Conv2D [?, 26, 26, 32] 320",
    "MaxPooling2D [?, 13, 13, 32] 0",
    "Conv2D [?, 11, 11, 64] 18496",
    "MaxPooling2D [?, 5, 5, 64] 0",
    "Flatten [?, 1600] 0",
    "Dense [?, 128] 204928",
    "Dense [?, 10] 1290",
  ]);
  assert.deepEqual(shapes(buildSixLayerCnn()), [
    "Conv2D [?, 26, 26, 32] 320",
    "MaxPooling2D [?, 13, 13, 32] 0",
    "Conv2D [?, 11, 11, 64] 18496",
    "MaxPooling2D [?, 5, 5, 64] 0",
    "Conv2D [?, 3, 3, 64] 36928",
    "Flatten [?, 576] 0",
    "Dense [?, 64] 36928",
    "Dense [?, 10] 650",
  ]);
});

test("buildCnn() draws its weights from its seed, each layer its own, within Glorot's bounds", () => {
  const weights = (seed: number) =>
    buildCnn({ seed })
      .getWeights()
      .map((weight) => Array.from(weight.dataSync()));
  assert.deepEqual(weights(1), weights(1));
  assert.notDeepEqual(weights(1)[0], weights(2)[0]);
  const [first, , second] = weights(1);
  assert.notDeepEqual(first.slice(0, 5), second.slice(0, 5));
  const bound = Math.sqrt(6 / (9 * 1 + 9 * 32)); // sqrt(6 / (fan in + fan out))
  assert.ok(first.every((value) => Math.abs(value) <= bound));
  assert.ok(Math.max(...first) > 0.9 * bound);
  assert.throws(() => buildCnn({ seed: 0.5 }), /building a CNN: seed 0.5 is not a whole number from 0/);
});

test("compile() takes Adam with Keras' settings and refuses a learning rate of zero", () => {
  const { optimizer, loss } = compile(buildCnn());
  const { learningRate, beta1, epsilon } = optimizer.getConfig() as Record<string, number>;
  assert.deepEqual([loss, learningRate, beta1, epsilon], ["sparseCategoricalCrossentropy", 0.001, 0.9, 1e-7]);
  assert.throws(() => compile(buildCnn(), { learningRate: 0 }), {
    message: "compile(): learning rate 0 must be above 0, say 0.001",
  });
});

interface Numbers {
  shape: number[];
  values: number[];
}

test("a net with Keras' weights gives Keras' predictions to 1e-5", () => {
  const file = join(__dirname, "..", "fixtures", "keras.json");
  const { cnn } = JSON.parse(readFileSync(file, "utf8")) as {
    cnn: { weights: Numbers[]; inputs: Numbers; outputs: number[] };
  };
  const relu = { activation: "relu" as const };
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 3, kernelSize: 3, ...relu, inputShape: [12, 12, 1] }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 4, kernelSize: 3, ...relu }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 5, ...relu }),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  model.setWeights(cnn.weights.map(({ values, shape }) => tf.tensor(values, shape)));
  const output = model.predict(tf.tensor(cnn.inputs.values, cnn.inputs.shape)) as tf.Tensor;
  const ours = output.dataSync();
  assert.equal(ours.length, cnn.outputs.length);
  cnn.outputs.forEach((value, i) => assert.ok(Math.abs(ours[i] - value) < 1e-5, `${ours[i]} instead of ${value}`));
});

test("predict() gives the same in batches of any size, and leaves no tensor behind", async () => {
  const model = buildCnn();
  const whole = await predict(model, images);
  const before = tf.memory().numTensors;
  const seen: number[] = [];
  const parts = await predict(model, images, { batchSize: 7, onProgress: (done) => void seen.push(done) });
  parts.forEach((value, i) => assert.ok(Math.abs(value - whole[i]) < 1e-6));
  assert.deepEqual(seen, [7, 14, 20]);
  assert.equal(tf.memory().numTensors, before);
  for (let row = 0; row < 20; row++) {
    const sum = whole.subarray(row * 10, row * 10 + 10).reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum - 1) < 1e-5);
  }
});

test("newPredictor() gives the same in many calls, for which it takes memory once and gives it back", async () => {
  const { used } = (tf.backend() as SimdBackend).pool.allocator;
  const model = buildCnn();
  const whole = await predict(model, images);
  const before = used();
  const predictor = newPredictor(model, { batchSize: 7 });
  const taken = used();
  assert.ok(taken > before);
  for (const count of [1, 20, 7]) {
    const some = await predictor.predict(images.subarray(0, count * 784));
    assert.equal(some.length, count * 10);
    some.forEach((value, i) => assert.ok(Math.abs(value - whole[i]) < 1e-6));
    assert.equal(used(), taken);
  }
  predictor.release();
  assert.equal(used(), before);
});

test("predict() of no images is empty", async () => {
  assert.deepEqual(await predict(buildCnn(), new Float32Array(0)), new Float32Array(0));
});

test("predict() refuses a batch size that would never end", async () => {
  for (const batchSize of [0, 1.5, NaN])
    await assert.rejects(predict(buildCnn(), images, { batchSize }), {
      message: `predict(): batchSize is ${batchSize}; it must be a whole number from 1`,
    });
});

test("toClasses() takes the most probable class, the first of equals", () => {
  assert.deepEqual(toClasses(Float32Array.of(0.1, 0.7, 0.2, 0.4, 0.2, 0.4), 3), Uint8Array.of(1, 0));
});

test("evaluate() agrees with a naive count on accuracy, loss, confusion, recall and precision", async () => {
  const model = buildCnn();
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 4);
  const result = await evaluate(model, { images, labels });
  const predicted = toClasses(await predict(model, images));
  const right = labels.filter((label, i) => predicted[i] === label).length;
  assert.equal(result.accuracy, right / 20);
  assert.equal(
    result.confusion.flat().reduce((sum, count) => sum + count, 0),
    20,
  );
  labels.forEach((label, i) => assert.ok(result.confusion[label][predicted[i]] > 0));
  const ofTwo = labels.filter((label, i) => label === 2 && predicted[i] === 2).length;
  assert.equal(result.recall[2], ofTwo / 5);
  assert.ok(Number.isNaN(result.recall[9]));
  const naive = labels.reduce((sum, label, i) => sum - Math.log(result.probabilities[i * 10 + label]), 0) / 20;
  assert.ok(Math.abs(result.loss - naive) < 1e-6);
});

test("embed() gives the hidden layer, which the last layer turns into the probabilities", async () => {
  const model = buildCnn();
  const hidden = await embed(model, images);
  assert.deepEqual([hidden.length, hidden.vectors.length], [128, 20 * 128]);
  const softmax = await embed(model, images, { layer: "probabilities" });
  const predicted = await predict(model, images); // by other passes, which sum in another order
  predicted.forEach((value, i) => assert.ok(Math.abs(value - softmax.vectors[i]) < 1e-6));
  const [kernel, bias] = model
    .getLayer("probabilities")
    .getWeights()
    .map((weight) => weight.dataSync());
  const logits = Array.from(bias, (start, unit) =>
    hidden.vectors.subarray(0, 128).reduce((sum, value, i) => sum + value * kernel[i * 10 + unit], start),
  );
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  logits.forEach((logit, i) => assert.ok(Math.abs(Math.exp(logit) / total - softmax.vectors[i]) < 1e-5));
});

test("gatherRows(), shareAbove() and toUnitLength() work row by row", () => {
  const embeddings = { vectors: Float32Array.of(3, 4, 0, 0, 0.5, 0), length: 2 };
  assert.deepEqual(gatherRows(embeddings, [2, 0]), Float32Array.of(0.5, 0, 3, 4));
  assert.throws(() => gatherRows(embeddings, [3]), /gatherRows\(\): there is no row 3; the rows run to 2/);
  assert.equal(shareAbove(embeddings, 0.6), 1 / 3);
  const unit = toUnitLength(embeddings).vectors;
  [0.6, 0.8, 0, 0, 1, 0].forEach((value, i) => assert.ok(Math.abs(unit[i] - value) < 1e-7));
});

test("surestMistakes() gives the wrong answers, the surest first", () => {
  const probabilities = Float32Array.of(0.9, 0.1, 0.3, 0.7, 0.2, 0.8, 0.6, 0.4);
  assert.deepEqual(surestMistakes(probabilities, Uint8Array.of(0, 0, 0, 1), 5), Int32Array.of(2, 1, 3));
  assert.deepEqual(surestMistakes(probabilities, Uint8Array.of(0, 0, 0, 1), 1), Int32Array.of(2));
  assert.deepEqual(surestMistakes(new Float32Array(), new Uint8Array()), new Int32Array());
  assert.throws(() => surestMistakes(new Float32Array(5), new Uint8Array(2)), {
    name: "TypeError",
    message: "surestMistakes(): 5 probabilities for 2 labels; give one for each class of each",
  });
});

test("toExamples() divides by 255 and takeExamples() copies by index", () => {
  const bytes = Uint8Array.from({ length: 2 * 784 }, (_, i) => (i < 784 ? 255 : 51));
  const both = toExamples({ images: bytes, labels: Uint8Array.of(4, 6) });
  const swapped = takeExamples(both, Int32Array.of(1, 0));
  assert.deepEqual(swapped.labels, Uint8Array.of(6, 4));
  assert.deepEqual([swapped.images[0], swapped.images[784]], [Math.fround(0.2), 1]);
  assert.throws(() => takeExamples(both, Int32Array.of(2)), {
    message: "takeExamples(): index 2 is not one of 0 to 1",
  });
});

test("toByteExamples() stands for the same examples, also when some are taken", () => {
  const set = { images: Uint8Array.from({ length: 3 * 784 }, (_, i) => i % 256), labels: Uint8Array.of(4, 6, 8) };
  const [floats, divided] = [toExamples(set), toByteExamples(set)];
  assert.deepEqual(divided.images.slice(), floats.images);
  assert.equal(divided.labels, set.labels);
  const indices = Int32Array.of(2, 0);
  const [some, same] = [takeExamples(floats, indices), takeExamples(divided, indices)];
  assert.deepEqual({ images: same.images.slice(), labels: same.labels }, some);
  assert.throws(() => takeExamples(divided, Int32Array.of(3)), {
    message: "takeExamples(): index 3 is not one of 0 to 2",
  });
});

test("predict(), embed() and evaluate() say the same of divided bytes as of floats, to the bit", async () => {
  const divided = dividedBy(
    images.reduce((bytes, value, i) => bytes.fill(255 * value, i, i + 1), new Uint8Array(images.length)),
    255,
  );
  const floats = divided.slice();
  const model = compile(buildCnn());
  const options = { batchSize: 8 }; // the last batch is smaller
  assert.deepEqual(await predict(model, divided, options), await predict(model, floats, options));
  assert.deepEqual(await embed(model, divided, options), await embed(model, floats, options));
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 10);
  const scores = await evaluate(model, { images: divided, labels }, options);
  assert.deepEqual(scores, await evaluate(model, { images: floats, labels }, options));
});

test("saveModel() and loadModel() keep every weight and the predictions", async () => {
  const model = compile(buildSixLayerCnn({ seed: 8 }));
  const folder = join(scratch, "saved");
  await saveModel(model, folder);
  const loaded = await loadModel(folder);
  assert.deepEqual(await predict(loaded, images), await predict(model, images));
  assert.equal(loaded.getLayer("embedding").countParams(), 36928);
});

test("loadModel() refuses a missing, a cut and a foreign model in words", async () => {
  await assert.rejects(loadModel(join(scratch, "nowhere")), /there is no .*nowhere.*; train and save the model first/);
  const folder = join(scratch, "cut");
  await saveModel(buildSixLayerCnn(), folder);
  truncateSync(join(folder, "weights.bin"), 1000);
  await assert.rejects(loadModel(folder), /are 1000 bytes, model\.json asks for 373288; save the model again/);
  writeFileSync(join(folder, "model.json"), "{}");
  await assert.rejects(loadModel(folder), /is not a TensorFlow\.js layers model; save the model again/);
});
