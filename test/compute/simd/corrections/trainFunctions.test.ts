import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { keras, near, sameWeights, setWeights, tensorOf, useSimd, type Kept } from "./keras";

before(useSimd);

/** A model of two outputs, and Keras' numbers of it. */
interface TwoHeaded {
  weights: Kept[][];
  x: Kept;
  y: Kept[];
  sampleWeights: Kept[];
  evaluated: number[];
  weighted: number[];
  history: Record<string, number[]>;
  trained: Kept[][];
}

test("two outputs: losses, metrics and weights of each are Keras', in the order of their names", async () => {
  const given: TwoHeaded = keras.twoHeaded;
  const input = tf.input({ shape: [4] });
  const heads = [
    tf.layers.dense({ units: 2, name: "a" }),
    tf.layers.dense({ units: 3, activation: "softmax", name: "b" }),
  ];
  const model = tf.model({ inputs: input, outputs: heads.map((head) => head.apply(input) as tf.SymbolicTensor) });
  setWeights(model, given.weights);
  const loss = ["meanSquaredError", "sparseCategoricalCrossentropy"];
  model.compile({ optimizer: tf.train.sgd(0.1), loss, metrics: { b: "accuracy" } });
  assert.deepEqual(model.metricsNames, ["loss", "a_loss", "b_loss", "b_acc"]);
  const [x, y] = [tensorOf(given.x), given.y.map(tensorOf)];
  const sampleWeight = given.sampleWeights.map(tensorOf);
  const scores = (options: object) =>
    (model.evaluate(x, y, { batchSize: 4, ...options }) as tf.Scalar[]).map((score) => score.dataSync()[0]);
  near(scores({}), given.evaluated, "evaluated");
  near(scores({ sampleWeight }), given.weighted, "evaluated with weights");
  const options = { batchSize: 4, epochs: 2, shuffle: false, verbose: 0, sampleWeight } as unknown as tf.ModelFitArgs;
  const { history } = await model.fit(x, y, options);
  for (const [label, wanted] of Object.entries(given.history))
    near(history[label.replace("accuracy", "acc")] as number[], wanted, label);
  sameWeights(model, given.trained, "trained");
});

test("losses of outputs of different shapes go together", async () => {
  const input = tf.input({ shape: [3, 4] });
  const steps = tf.layers.dense({ units: 2 }).apply(input) as tf.SymbolicTensor;
  const whole = tf.layers.dense({ units: 1 }).apply(tf.layers.flatten().apply(input)) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: [steps, whole] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const x = tf.ones([5, 3, 4]);
  const [total, first, second] = (await model.trainOnBatch(x, [tf.ones([5, 3, 2]), tf.ones([5, 1])])) as number[];
  assert.ok(Math.abs(total - first - second) < 1e-5, `${total} = ${first} + ${second}`);
});

test("labels of one axis in a dataset are compared with predictions one by one, not each with each", async () => {
  const x = tf.tensor2d([[1], [2], [3], [4]]);
  const losses: number[] = [];
  for (const ys of [tf.tensor1d([1, 0, 2, 5]), tf.tensor2d([[1], [0], [2], [5]])]) {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "ones" })],
    });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    const dataset = tf.data.array([{ xs: x.clone(), ys }]) as tf.data.Dataset<tf.TensorContainer>;
    losses.push(((await model.evaluateDataset(dataset as never, {})) as tf.Scalar).dataSync()[0]);
  }
  assert.deepEqual(losses, [1.5, 1.5]);
});

test("a loss of the program's own sees labels as they are, sparse ones too, and accuracy counts them", async () => {
  const seen: unknown[] = [];
  const loss = (labels: tf.Tensor, predictions: tf.Tensor) => {
    seen.push([labels.dtype, labels.shape]);
    const hot = tf.oneHot(tf.reshape(labels, [-1]) as tf.Tensor1D, 3);
    return tf.losses.softmaxCrossEntropy(hot, predictions);
  };
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 3, inputShape: [3], kernelInitializer: "identity" })],
  });
  model.compile({ optimizer: tf.train.sgd(0), loss: loss as never, metrics: ["accuracy"] });
  const x = tf.tensor2d([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]]); // prettier-ignore
  const y = tf.tensor1d([0, 1, 2, 0], "int32");
  const [, accuracy] = (await model.trainOnBatch(x, y)) as number[];
  assert.equal(accuracy, 0.75);
  assert.deepEqual(seen, [["int32", [4, 1]]]);
});
