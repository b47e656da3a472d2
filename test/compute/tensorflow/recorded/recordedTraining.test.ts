import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { findBinding } from "../../../../lib/compute/tensorflow/binding";
import { projectRoot, typeScriptLoader } from "../../../../lib/files";

const skip = !findBinding() && "TensorFlow's library is not built here: npm run native builds it";

/** What a training has given, and by how many graphs it was taken in how many steps. */
interface Trained {
  numbers: number[];
  graphs: number;
  runs: number;
  /** Tensors that were there after a few steps, and at the end. */
  tensors: number[];
}

/*
 * Nets with weights that are the same each time, data that differs by batch, and `train`, which compiles a net and takes 14 steps:
 * `before(step, model)` may do something before each. While TensorFlow.js looks at each kernel no step is recorded.
 */
const PROGRAM = `
const tf = require("@tensorflow/tfjs");
const { useBackend } = require("./lib/compute/useBackend");
let [graphs, runs] = [0, 0];
const count = (binding) => Object.create(binding, {
  loadSavedModel: { value: (...given) => (graphs++, binding.loadSavedModel(...given)) },
  runSavedModel: { value: (...given) => (runs++, binding.runSavedModel(...given)) },
});
const waves = (shape, turn = 0) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * i + turn)), shape);
const pictures = (step, size = 8) => waves([size, 9, 8, 2], step);
const labels = (step, size = 8) => tf.tensor2d(Float32Array.from({ length: size }, (_, i) => (i + step) % 3), [size, 1]);
const head = [() => tf.layers.flatten(), () => tf.layers.dense({ units: 3, activation: "softmax" })];
const netOf = (...layers) => {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape: [9, 8, 2] }));
  for (const make of layers) model.add(make());
  model.setWeights(model.getWeights().map((weight, at) => tf.mul(waves(weight.shape, at), 0.3)));
  return model;
};
const convolution = () => tf.layers.conv2d({ filters: 4, kernelSize: 3, activation: "relu" });
const cnn = () => netOf(convolution, () => tf.layers.maxPooling2d({ poolSize: 2 }), ...head);
const SETTINGS = () => ({ optimizer: tf.train.adam(0.01), loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
const train = async (make, { settings = SETTINGS, before = () => {}, batch = (step) => [pictures(step), labels(step)] } = {}) => {
  const model = make();
  model.compile(settings());
  const [numbers, tensors] = [[], []];
  for (let step = 0; step < 14; step++) {
    await before(step, model);
    const [x, y] = batch(step);
    numbers.push(await model.trainOnBatch(x, y));
    tf.dispose([x, y]);
    if (step === 6 || step === 13) tensors.push(tf.memory().numTensors);
  }
  numbers.push(...model.getWeights().map((weight) => [...weight.dataSync()]), model.optimizer.iterations ?? 0);
  model.dispose();
  return { numbers: numbers.flat(9), tensors };
};
const run = async () => CODE;
(async () => {
  await useBackend({ env: { ATELIER_BACKEND: "tensorflow" }, log: () => {} });
  tf.backend().binding = count(tf.backend().binding);
  for (const isProfiling of [true, false]) {
    tf.engine().state.profiling = isProfiling;
    [graphs, runs] = [0, 0];
    const found = await run();
    process.stdout.write(JSON.stringify({ ...found, graphs, runs }) + "\\n");
  }
})();`;

/** A training as TensorFlow.js takes it, and the same with recorded steps. */
function trained(code: string): Trained[] {
  const args = ["-r", typeScriptLoader, "-e", PROGRAM.replace("CODE", () => code)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  assert.equal(lines.length, 2, stderr);
  const [plain, recorded] = lines.map((line) => JSON.parse(line) as Trained);
  assert.deepEqual([plain.graphs, plain.runs], [0, 0]);
  assert.equal(plain.numbers.length, recorded.numbers.length);
  plain.numbers.forEach((number, at) => {
    assert.ok(Math.abs(number - recorded.numbers[at]) <= 2e-5, `${recorded.numbers[at]} for ${number} at ${at}`);
  });
  return [plain, recorded];
}

/** Two steps make the optimizer's variables, one more, with them, is taken as it is, or two; two are recorded. */
const EARLY = [3, 5];

function assertRecorded({ runs, tensors: [early, late] }: Trained, steps = 14): void {
  const [least, most] = EARLY.map((taken) => steps - taken);
  assert.ok(runs >= most && runs <= least, `${runs} steps of ${steps} were taken by a graph`);
  assert.equal(late, early, "tensors are left behind");
}

for (const optimizer of [
  "sgd(0.1)",
  "momentum(0.1, 0.9)",
  "adam(0.01)",
  "adamax(0.01)",
  "adagrad(0.1)",
  "adadelta(0.5)",
  "rmsprop(0.01)",
])
  // prettier-ignore
  test(`recorded steps of ${optimizer} train as others do, and leave nothing behind`, { skip }, () => {
    const [, recorded] = trained(`train(cnn, { settings: () => ({ ...SETTINGS(), optimizer: tf.train.${optimizer} }) })`);
    assert.equal(recorded.graphs, 1);
    assertRecorded(recorded);
  });

for (const [name, layers] of Object.entries({
  "batch normalization and a regularizer":
    '() => tf.layers.conv2d({ filters: 4, kernelSize: 3, useBias: false }), tf.layers.batchNormalization, () => tf.layers.activation({ activation: "relu" }), () => tf.layers.flatten(), () => tf.layers.dense({ units: 3, activation: "softmax", kernelRegularizer: "l1l2" })',
  "an LSTM": "() => tf.layers.reshape({ targetShape: [9, 16] }), () => tf.layers.lstm({ units: 5 }), head[1]",
  "a model within it": "() => tf.sequential({ layers: [tf.layers.flatten({ inputShape: [9, 8, 2] })] }), head[1]",
  "weights held to a constraint":
    '() => tf.layers.flatten(), () => tf.layers.dense({ units: 3, activation: "softmax", kernelConstraint: "unitNorm" })',
}))
  test(`recorded steps of a net with ${name} train as others do`, { skip }, () => {
    const [, recorded] = trained(`train(() => netOf(${layers}))`);
    assert.equal(recorded.graphs, 1);
    assertRecorded(recorded);
  });

test("a step with another learning rate, other frozen layers or another shape is recorded anew", { skip }, () => {
  const rate = trained(`train(cnn, { before: (step, model) => step === 7 && model.optimizer.setLearningRate?.(0.5),
    settings: () => ({ ...SETTINGS(), optimizer: tf.train.sgd(0.1) }) })`);
  const shape = trained(
    "train(cnn, { batch: (step) => [pictures(step, step < 7 ? 8 : 5), labels(step, step < 7 ? 8 : 5)] })",
  );
  for (const [, { graphs, runs }] of [rate, shape]) assert.deepEqual([graphs, runs >= 4], [2, true]);
});

test("of many kinds of steps the last ones are recorded, too", { skip }, () => {
  const [, { graphs, runs }] = trained(`(async () => {
    const before = async (step, model) => {
      for (let other = 1; step === 0 && other < 12; other++) await model.trainOnBatch(pictures(other, other), labels(other, other));
    };
    return await train(cnn, { before, batch: (step) => [pictures(step, 20), labels(step, 20)] });
  })()`);
  assert.equal(graphs, 1);
  assert.ok(runs >= 14 - EARLY[1], `${runs} steps were taken by a graph`);
});

test("weights that are set between recorded steps count, and so does another loss", { skip }, () => {
  trained("train(cnn, { before: (step, model) => step === 9 && model.setWeights(model.getWeights().map((one) => tf.mul(one, 0.5))) })"); // prettier-ignore
  const [, { graphs }] = trained(`train(cnn, {
    settings: () => ({ ...SETTINGS(), loss: "meanSquaredError" }),
    batch: (step) => [pictures(step), tf.abs(waves([8, 3], step))],
    before: (step, model) => step === 7 && model.compile({ optimizer: model.optimizer, loss: "meanAbsoluteError", metrics: ["accuracy"] }),
  })`);
  assert.equal(graphs, 2);
});

test(
  "a step that is not the same each time is not recorded: a dropout, a loss of one's own, one's own layer",
  { skip },
  () => {
    const [, own] = trained(`(() => {
    let share = 1;
    const loss = (y, p) => tf.mul(share, tf.metrics.sparseCategoricalAccuracy ? tf.losses.meanSquaredError(tf.oneHot(tf.cast(tf.squeeze(y, [1]), "int32"), 3), p) : p);
    return train(cnn, { settings: () => ({ ...SETTINGS(), loss, metrics: [] }), before: (step) => step === 9 && (share = 0) });
  })()`); // prettier-ignore
    const [, layer] = trained(`(() => {
    let factor = 1;
    class Scale extends tf.layers.Layer {
      static className = "OwnScale";
      call(x) { return tf.tidy(() => tf.mul(Array.isArray(x) ? x[0] : x, factor)); }
    }
    return train(() => netOf(() => new Scale({}), ...head), { before: (step) => step === 9 && (factor = 0.1) });
  })()`); // prettier-ignore
    const [, dropout] = trained(`train(() => netOf(() => tf.layers.dropout({ rate: 0.5, seed: 1 }), ...head)).then(
    ({ tensors }) => ({ numbers: [], tensors }))`); // prettier-ignore
    for (const { graphs, runs } of [own, layer, dropout]) assert.deepEqual([graphs, runs], [0, 0]);
  },
);

test("tensors that share their numbers are not taken for one", { skip }, () => {
  const [, { graphs }] = trained(`train(() => netOf(() => tf.layers.flatten(), () => tf.layers.dense({ units: 144 }), () => tf.layers.reshape({ targetShape: [9, 8, 2] })), {
    settings: () => ({ ...SETTINGS(), loss: "meanSquaredError", metrics: [] }),
    batch: (step) => { const x = pictures(step); return [x, step < 9 ? x : pictures(99)]; },
  })`); // prettier-ignore
  assert.equal(graphs, 0);
});

test("a recorded step refuses a label that is no class as others do, and the training can go on", { skip }, () => {
  const [, { runs }] = trained(`(async () => {
    const refused = [];
    const before = async (step, model) => {
      if (step === 9) await model.trainOnBatch(pictures(0), tf.fill([8, 1], 7)).catch(() => refused.push(step));
    };
    const { numbers, tensors } = await train(cnn, { before });
    return { numbers: [...numbers, ...refused], tensors };
  })()`);
  assert.ok(runs >= 14 - EARLY[1], `${runs} steps were taken by a graph`);
});
