import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { keras, useSimd } from "./keras";

before(useSimd);

/** Which epochs Keras trains, and those whose weights it ends with, where `val_loss` follows a script. */
interface Stopping {
  options: tf.EarlyStoppingCallbackArgs;
  script: number[];
  epochs: number;
  mark: number;
}

/** Puts a number of the script where `val_loss` is, and the epoch into the weights. */
function scripted(script: number[]): tf.Callback {
  class Scripted extends tf.Callback {
    override async onEpochEnd(epoch: number, logs: Record<string, number>) {
      logs.val_loss = script[epoch];
      tf.tidy(() => this.model.setWeights([tf.tensor2d([[epoch]]), tf.tensor1d([0])]));
    }
  }
  return new Scripted();
}

async function fitScripted(script: number[], callbacks: tf.Callback[]) {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const ones = tf.ones([2, 1]);
  const options = { epochs: 10, verbose: 0, callbacks: [scripted(script), ...callbacks] };
  const { epoch } = await model.fit(ones, ones, options);
  const mark = model.getWeights()[0].dataSync()[0];
  ones.dispose();
  model.dispose();
  return { epochs: epoch.length, mark };
}

for (const { options, script, ...wanted } of keras.earlyStopping as Stopping[])
  test(`stops and restores as Keras: ${JSON.stringify(options)}, ${script.slice(0, 3)}`, async () => {
    const before = tf.memory().numTensors;
    const stopping = tf.callbacks.earlyStopping(options);
    assert.deepEqual(await fitScripted(script, [stopping]), wanted);
    assert.deepEqual(await fitScripted(script, [stopping]), wanted, "the same callback, used again");
    assert.equal(tf.memory().numTensors, before, "weights are left");
  });

test("accuracy is found under TensorFlow.js' name, and what is not there is reported", async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], activation: "sigmoid" })] });
  model.compile({ optimizer: tf.train.sgd(0), loss: "binaryCrossentropy", metrics: ["accuracy"] });
  const [x, y] = [tf.ones([2, 1]), tf.ones([2, 1])];
  const fit = async (monitor: string) => {
    const callbacks = tf.callbacks.earlyStopping({ monitor, patience: 2 });
    return (await model.fit(x, y, { epochs: 6, verbose: 0, validationData: [x, y], callbacks })).epoch.length;
  };
  const { warn } = console;
  const said: string[] = [];
  console.warn = (line: string) => said.push(line);
  try {
    assert.equal(await fit("val_accuracy"), 3);
    assert.deepEqual(said, []);
    assert.equal(await fit("val_auc"), 6);
  } finally {
    console.warn = warn;
  }
  assert.equal(said[0], "earlyStopping watches val_auc, which is not there; there are val_loss, val_acc, loss, acc");
});

test("the weights of the best epoch are given back by fitDataset too", async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const dataset = tf.data.array([{ xs: tf.ones([2, 1]), ys: tf.ones([2, 1]) }]);
  const callbacks = [scripted([3, 1, 2, 2, 2]), tf.callbacks.earlyStopping({ patience: 2, restoreBestWeights: true })];
  const cloned = dataset.map((batch) => {
    const { xs, ys } = batch as { xs: tf.Tensor; ys: tf.Tensor };
    return { xs: xs.clone(), ys: ys.clone() };
  });
  await model.fitDataset(cloned, { epochs: 5, verbose: 0, callbacks });
  assert.equal(model.getWeights()[0].dataSync()[0], 1);
});
