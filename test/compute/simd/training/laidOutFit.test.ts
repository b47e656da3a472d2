import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { registerSimd, simdPool } from "../../../../lib/compute/simd/registerSimd";
import { seededRandom } from "../../../../lib/random";
import { draw, tensorOf } from "../against";

before(async () => {
  registerSimd();
  await tf.setBackend("simd");
});

const random = seededRandom(81);
const images = draw(random, [22, 12, 12, 1]);
const classes = Float32Array.from({ length: 22 }, (_, i) => i % 10);

function build(): tf.Sequential {
  const kernelInitializer = (seed: number) => tf.initializers.glorotNormal({ seed });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [12, 12, 1], filters: 8, kernelSize: 3, activation: "relu", kernelInitializer: kernelInitializer(1) }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: kernelInitializer(2) }),
    ],
  }); // prettier-ignore
}

interface Fitted {
  history: Record<string, number[]>;
  weights: number[];
  kernels: Set<string>;
}

/** Fits the net and tells by which kernels. */
async function fit(
  fitting: (model: tf.Sequential, x: tf.Tensor, y: tf.Tensor) => Promise<tf.History>,
  metrics?: string[],
): Promise<Fitted> {
  // prettier-ignore
  const model = build();
  model.compile({ optimizer: tf.train.adam(0.01), loss: "sparseCategoricalCrossentropy", metrics });
  const [x, y] = [tensorOf(images), tf.tensor2d(classes, [22, 1])];
  let history: tf.History;
  const { kernelNames } = await tf.profile(async () => void (history = await fitting(model, x, y)));
  const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  tf.dispose([x, y]);
  model.dispose();
  return { history: history!.history as Record<string, number[]>, weights, kernels: new Set(kernelNames) };
}

const OPTIONS = { batchSize: 8, epochs: 3, shuffle: false, verbose: 0 };

/** One weight of 1 for each example changes nothing but the way. */
const generally = (model: tf.Sequential, x: tf.Tensor, y: tf.Tensor) =>
  model.fit(x, y, { ...OPTIONS, validationData: [x, y], classWeight: Object.fromEntries([...classes].map((label) => [label, 1])) }); // prettier-ignore

const plainly = (model: tf.Sequential, x: tf.Tensor, y: tf.Tensor) => model.fit(x, y, { ...OPTIONS, validationData: [x, y] }); // prettier-ignore

test("model.fit() by laid-out steps ends with the weights, losses and accuracies of steps by the engine", async () => {
  const [laidOut, general] = [await fit(plainly, ["accuracy"]), await fit(generally, ["accuracy"])];
  assert.deepEqual(Object.keys(laidOut.history).sort(), ["acc", "loss", "val_acc", "val_loss"]);
  for (const [name, values] of Object.entries(general.history))
    values.forEach((value, i) => assert.ok(Math.abs(value - laidOut.history[name][i]) < 1e-4, `${name} ${i}: ${laidOut.history[name][i]}, wanted ${value}`)); // prettier-ignore
  laidOut.weights.forEach((weight, i) => assert.ok(Math.abs(weight - general.weights[i]) < 1e-4, `weight ${i}`));
  assert.ok(general.kernels.has("MaxPoolGrad") && !laidOut.kernels.has("MaxPoolGrad"), "each goes its own way");
});

test("without metrics, with another one, and from a data set, model.fit() goes on", async () => {
  const bare = await fit(plainly);
  assert.deepEqual(Object.keys(bare.history).sort(), ["loss", "val_loss"]);
  assert.ok(!bare.kernels.has("MaxPoolGrad"));
  const other = await fit(plainly, ["sparseCategoricalCrossentropy"]);
  assert.ok(other.kernels.has("MaxPoolGrad"));
  const fromData = await fit((model, x, y) => {
    const data = tf.data.zip({ xs: tf.data.array(tf.unstack(x)), ys: tf.data.array(tf.unstack(y)) }).batch(8);
    return model.fitDataset(data as tf.data.Dataset<tf.TensorContainer>, { epochs: 3, verbose: 0 });
  });
  assert.ok(!fromData.kernels.has("MaxPoolGrad"));
  assert.deepEqual(fromData.weights, bare.weights);
});

test("model.fit() gives back what its steps took, and goes on after a wrong label", async () => {
  const model = build();
  model.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy" });
  const [x, y, wrong] = [tensorOf(images), tf.tensor2d(classes, [22, 1]), tf.fill([22, 1], 11)];
  await model.fit(x, y, OPTIONS);
  const [used, tensors] = [simdPool().allocator.used(), tf.memory().numTensors];
  await model.fit(x, y, OPTIONS);
  assert.deepEqual([simdPool().allocator.used(), tf.memory().numTensors], [used, tensors]);
  await assert.rejects(model.fit(x, wrong, OPTIONS), /a label is 11; with 10 classes they go from 0 to 9/);
  const { history } = await model.fit(x, y, OPTIONS);
  assert.equal(history.loss.length, 3);
  tf.dispose([x, y, wrong]);
  model.dispose();
});
