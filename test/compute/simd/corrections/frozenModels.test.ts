import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { registerSimd } from "../../../../lib/compute/simd/registerSimd";

before(() => registerSimd());

function makeBase(): tf.Sequential {
  const base = tf.sequential();
  base.add(tf.layers.dense({ inputShape: [3], units: 4, activation: "relu" }));
  base.add(tf.layers.dense({ units: 2 }));
  return base;
}

async function learns(model: tf.LayersModel, base: tf.LayersModel): Promise<boolean> {
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
  const before = base.getWeights().map((weight) => [...weight.dataSync()]);
  await model.fit(tf.ones([4, 3]), tf.mul(tf.ones([4, 1]), 5), { epochs: 2, verbose: 0 });
  const after = base.getWeights().map((weight) => [...weight.dataSync()]);
  return JSON.stringify(before) !== JSON.stringify(after);
}

const inSequence = (base: tf.LayersModel) => tf.sequential({ layers: [base, tf.layers.dense({ units: 1 })] });

const inGraph = (base: tf.LayersModel) => {
  const input = tf.input({ shape: [3] });
  const output = tf.layers.dense({ units: 1 }).apply(base.apply(input)) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
};

for (const [name, put] of Object.entries({ "tf.sequential()": inSequence, "tf.model()": inGraph })) {
  test(`a frozen base in ${name} stays as it is, and learns again when it is set free`, async () => {
    const base = makeBase();
    base.trainable = false;
    const model = put(base);
    assert.equal(await learns(model, base), false);
    assert.equal(model.trainableWeights.length, 2, "the head's kernel and bias");
    base.trainable = true;
    assert.equal(await learns(put(base), base), true);
  });

  test(`in ${name} one frozen layer of a base stays, and the others learn`, async () => {
    const base = makeBase();
    base.layers[0].trainable = false;
    const model = put(base);
    const [kernel] = base.layers[0].getWeights().map((weight) => [...weight.dataSync()]);
    assert.equal(await learns(model, base), true);
    assert.deepEqual([...base.layers[0].getWeights()[0].dataSync()], kernel);
  });
}

test("a model frozen within a model within a model", async () => {
  const base = makeBase();
  const middle = tf.sequential({ layers: [base, tf.layers.dense({ units: 3 })] });
  middle.trainable = false;
  assert.equal(base.layers[0].trainable, false);
  assert.equal(await learns(inSequence(middle), base), false);
});
