import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { asKeras, keras, modelOf, near, tensorOf, useSimd, type Case } from "./keras";

for (const given of keras.weighted as Case[])
  test(given.name, async () => {
    await useSimd();
    await asKeras(given);
  });

test("a step weighs samples and classes as an epoch of one batch does", async () => {
  await useSimd();
  const named = ["sample weights, mean squared error", "class weights, one-hot labels int32"];
  for (const given of (keras.weighted as Case[]).filter(({ name }) => named.includes(name))) {
    const { sampleWeight, classWeight } = given;
    const [x, y] = [tensorOf(given.x), tensorOf(given.y!)];
    const weights = { sampleWeight: sampleWeight?.values, classWeight };
    const losses: number[] = [];
    for (const train of [
      async (model: tf.LayersModel) => [await model.trainOnBatch(x, y, weights)].flat()[0],
      async (model: tf.LayersModel) => {
        const options = {
          batchSize: 10,
          verbose: 0,
          shuffle: false,
          sampleWeight: sampleWeight && tensorOf(sampleWeight),
        };
        return (await model.fit(x, y, { ...options, classWeight })).history.loss[0] as number;
      },
    ]) {
      const model = modelOf(given);
      model.compile({ optimizer: tf.train.sgd(0.1), loss: given.loss });
      losses.push(await train(model), await train(model));
    }
    near(losses.slice(0, 2), losses.slice(2), given.name, 1e-6);
    assert.notEqual(losses[0], losses[1]);
  }
});

test("a weight of a sample weighs all its steps", async () => {
  await useSimd();
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2, 3] })] });
  model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
  const [x, y] = [tf.randomNormal([3, 2, 3], 0, 1, "float32", 1), tf.ones([3, 2, 1])];
  const loss = (sampleWeight: number[] | number[][]) => model.trainOnBatch(x, y, { sampleWeight });
  assert.equal(await loss([1, 0, 3]), await loss([[1, 1], [0, 0], [3, 3]])); // prettier-ignore
});

test("weights that do not fit are reported", async () => {
  await useSimd();
  const input = tf.input({ shape: [2] });
  const heads = ["a", "b"].map((name) => tf.layers.dense({ units: 1, name }).apply(input) as tf.SymbolicTensor);
  const [one, two] = [heads[0], heads].map((outputs) => tf.model({ inputs: input, outputs }));
  for (const model of [one, two]) model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const [x, y] = [tf.ones([3, 2]), tf.ones([3, 1])];
  await assert.rejects(one.trainOnBatch(x, y, { sampleWeight: [1, 2] }), {
    message:
      "sampleWeight is [2] and there are 3 samples: give a weight for each sample, [3], or for each step of a sequence, " +
      "[3, steps]",
  });
  await assert.rejects(one.trainOnBatch(x, y, { sampleWeight: [1, 2, 3], classWeight: { 1: 2 } }), {
    message:
      "sampleWeight and classWeight were given together: multiply the weight of each sample's class into sampleWeight, " +
      "and leave classWeight out",
  });
  await assert.rejects(two.trainOnBatch(x, [y, y], { sampleWeight: [1, 2, 3] }), {
    message:
      "sampleWeight does not say which of the 2 outputs it is for: give a list of 2, null where samples weigh the same, " +
      "or an object with the keys a, b",
  });
  const weighing = await two.trainOnBatch(x, [y, y], { sampleWeight: { b: [0, 0, 0] } });
  assert.equal((weighing as number[])[2], 0);
});
