import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { findBinding } from "../../../lib/compute/tensorflow/binding";
import { projectRoot, typeScriptLoader } from "../../../lib/files";

const skip = !findBinding() && "TensorFlow's library is not built here: npm run native builds it";

/** What the code of a test gives on plain JavaScript and on TensorFlow's library, each in the same process. */
function onBoth(code: string): number[][] {
  const program = `
    const tf = require("@tensorflow/tfjs");
    const { backendCandidates } = require("./lib/compute/backendCandidates");
    require("./lib/compute/simd/registerSimd").registerSimd(); // for its corrections of second derivatives
    const run = async () => { ${code} };
    (async () => {
      for (const name of ["cpu", "tensorflow"]) {
        await backendCandidates.find((candidate) => candidate.name === name).start();
        console.log(JSON.stringify(await run()));
      }
    })();`;
  const args = ["-r", typeScriptLoader, "-e", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  const lines = stdout.trim().split("\n");
  assert.equal(lines.length, 2, stderr);
  return lines.map((line) => JSON.parse(line) as number[]);
}

/** Within this share of the number, or of one where it is smaller. */
function assertClose([expected, found]: number[][], tolerance: number): void {
  assert.ok(expected.length > 0 && expected.length === found.length);
  found.forEach((value, i) => {
    const apart = Math.abs(value - expected[i]) / Math.max(1, Math.abs(expected[i]));
    assert.ok(apart <= tolerance, `${found} for ${expected}`);
  });
}

test("Adam on TensorFlow's library has the weights and moments of TensorFlow.js after thirty steps", { skip }, () => {
  const both = onBoth(`
    const weight = tf.variable(tf.tensor2d([[0.3, -2], [5, 0.01]]));
    const adam = tf.train.adam(0.05);
    for (let step = 0; step < 30; step++) adam.minimize(() => tf.sum(tf.square(tf.sub(tf.mul(weight, weight), step / 10))));
    const state = [weight, adam.accumulatedFirstMoment[0].variable, adam.accumulatedSecondMoment[0].variable];
    return [...state.flatMap((tensor) => [...tensor.dataSync()]), adam.accBeta1.dataSync()[0], adam.iterations];`);
  assertClose(both, 1e-4);
});

test("Adam on TensorFlow's library changes no tensor that shares a weight's numbers", { skip }, () => {
  const both = onBoth(`
    const weight = tf.variable(tf.tensor1d([0.3, -2]));
    const adam = tf.train.adam(0.05);
    const step = () => adam.minimize(() => tf.sum(tf.square(weight)));
    step();
    const kept = [weight.clone(), tf.reshape(weight, [2, 1]), adam.accumulatedSecondMoment[0].variable.clone()];
    for (let i = 0; i < 3; i++) step();
    return [...kept, weight].flatMap((tensor) => [...tensor.dataSync()]);`);
  assertClose(both, 1e-4);
});

test(
  "products of matrices and sums over all axes but the last on TensorFlow's library are those of JavaScript",
  { skip },
  () => {
    const both = onBoth(`
    const waves = (...shape) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i)), shape);
    return [
      ...[[[2, 3], [3, 4], false, false], [[3, 2], [3, 4], true, false], [[2, 3], [4, 3], false, true], [[3, 2], [4, 3], true, true], [[0, 3], [3, 2], false, false], [[5, 2, 3], [5, 3, 4], false, false]]
        .map(([a, b, ...turns]) => tf.matMul(waves(...a), waves(...b), ...turns)),
      ...[[[2, 3, 4, 5], [0, 1, 2]], [[4, 5], [0]], [[4, 5], 0], [[4, 5], [1]], [[2, 3, 4], [0, 1]], [[2, 3, 4], [0, 2]], [[0, 3], [0]], [[6], [0]]]
        .map(([shape, axes]) => tf.sum(waves(...shape), axes)),
      tf.sum(waves(2, 3), 0, true), tf.sum(tf.cast(waves(2, 3), "int32"), 0),
    ].flatMap((tensor) => [...tensor.shape, ...tensor.dataSync()]);`);
    assertClose(both, 1e-5);
  },
);

test("Adam on TensorFlow's library updates weights of several shapes in one step", { skip }, () => {
  const both = onBoth(`
    const weights = [[2, 3], [4], []].map((shape) => tf.variable(tf.fill(shape, 0.5)));
    const adam = tf.train.adam(0.05);
    for (let step = 0; step < 3; step++)
      adam.minimize(() => weights.map((weight, i) => tf.sum(tf.square(tf.sub(weight, i)))).reduce((a, b) => tf.add(a, b)));
    return weights.flatMap((weight) => [...weight.shape, ...weight.dataSync()]);`);
  assertClose(both, 1e-5);
});

/** A convolution, a pooling and a dense layer, as they are trained; waves of any shape. */
const network = `
  const waves = (...shape) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * i)), shape);
  const networkOf = (padding, strides, activation, last = { units: 4, activation: "relu" }) => {
    const model = tf.sequential();
    model.add(tf.layers.conv2d({ inputShape: [9, 8, 2], filters: 3, kernelSize: [3, 2], strides, padding, activation }));
    model.add(tf.layers.maxPooling2d({ poolSize: [3, 2], strides: [2, 1], padding }));
    model.add(tf.layers.flatten());
    model.add(tf.layers.dense(last));
    model.setWeights(model.getWeights().map(({ shape }) => waves(...shape)));
    return model;
  };
  const trained = (model, x) => tf.sum(tf.square(model.apply(x, { training: true })));`;

test("layers trained on TensorFlow's library have the gradients of JavaScript", { skip }, () => {
  const both = onBoth(`${network}
    return [["same", 1, "relu"], ["valid", 1, "relu"], ["same", 2, "sigmoid"], ["valid", 2, "linear"]].flatMap((settings) => {
      const model = networkOf(...settings);
      const ofWeights = Object.values(tf.variableGrads(() => trained(model, waves(3, 9, 8, 2))).grads);
      const ofPictures = tf.grad((x) => trained(model, x))(waves(3, 9, 8, 2));
      return [...ofWeights, ofPictures].flatMap((tensor) => [...tensor.shape, ...tensor.dataSync()]);
    });`);
  assertClose(both, 1e-4);
});

test("max pooling on TensorFlow's library has JavaScript's gradient, also where elements are equal", { skip }, () => {
  const both = onBoth(`
    const x = tf.tensor4d(Float32Array.from({ length: 2 * 7 * 6 * 3 }, (_, i) => (i * i * i) % 4), [2, 7, 6, 3]);
    return [[2, 2, "valid"], [[3, 2], [2, 1], "same"], [[9, 9], 3, "same"]].flatMap(([size, ...rest]) =>
      [...tf.grad((x) => tf.sum(tf.square(tf.maxPool(x, size, ...rest))))(x).dataSync()]);`);
  assertClose(both, 1e-6);
});

test("a training step on TensorFlow's library leaves no tensor behind", { skip }, () => {
  const [, counts] = onBoth(`${network}
    const [model, x, adam] = [networkOf("same", 1, "relu"), waves(3, 9, 8, 2), tf.train.adam(0.05)];
    const step = () => adam.minimize(() => trained(model, x));
    const held = () => [tf.memory().numTensors, tf.backend().binding?.getNumOfTensors?.() ?? 0];
    step();
    const before = held();
    for (let i = 0; i < 20; i++) step();
    return [...before, ...held()];`);
  assert.deepEqual(counts.slice(0, 2), counts.slice(2));
});

test("a cast on TensorFlow's library to the type that is there outlives its input", { skip }, () => {
  const both = onBoth(`
    const x = tf.tensor1d([1.5, -2]);
    const y = tf.cast(x, "float32");
    x.dispose();
    return [...y.dataSync(), ...tf.cast(y, "int32").dataSync()];`);
  assertClose(both, 0);
});

/** A classifier of three classes on top of it, with its weights, and its examples. */
const classifier = `${network}
  const classifierOf = (optimizer) => {
    const model = networkOf("same", 1, "relu", { units: 3, activation: "softmax" });
    model.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
    return model;
  };
  const [x, y] = [waves(4, 9, 8, 2), tf.tensor2d([0, 2, 1, 2], [4, 1])];`;

test("a classifier trained on TensorFlow's library has JavaScript's losses and weights", { skip }, () => {
  const both = onBoth(`${classifier}
    const model = classifierOf(tf.train.sgd(0.01));
    const scores = [];
    for (let step = 0; step < 3; step++) scores.push(...(await model.trainOnBatch(x, y)));
    scores.push(model.evaluate(x, y)[0].dataSync()[0]);
    return [...scores, ...model.getWeights().flatMap((weight) => [...weight.dataSync()])];`);
  assertClose(both, 1e-4);
});

test("a training step on TensorFlow's library takes oneDNN's operations on the CPU, and few in all", { skip }, () => {
  const names = [
    "_MklNativeConv2DWithBias",
    "_MklNativeMaxPool",
    "_MklNativeMaxPoolGrad",
    "SparseSoftmaxCrossEntropyWithLogits",
    "VarHandleOp",
  ];
  const [, [hasGpu, ...counts]] = onBoth(`${classifier}
    const { binding, isUsingGpuDevice } = tf.backend();
    if (!binding) return [0];
    const own = Object.fromEntries(Object.getOwnPropertyNames(binding).map((name) => [name, binding[name]]));
    const model = classifierOf("adam");
    await model.trainOnBatch(x, y);
    const done = [];
    tf.backend().binding = { ...own, executeOp: (...call) => (done.push(call[0]), binding.executeOp(...call)) };
    await model.trainOnBatch(x, y);
    return [Number(isUsingGpuDevice), ...${JSON.stringify(names)}.map((name) => done.filter((other) => other === name).length), done.length];`);
  if (!hasGpu) assert.deepEqual(counts, [1, 1, 1, 1, 3, 66]);
});

for (const activation of ["relu", "leakyRelu", "sigmoid", "tanh"])
  test(`the gradient of ${activation} on TensorFlow's library is that of TensorFlow.js`, { skip }, () => {
    const both = onBoth(`
      const x = tf.tensor1d([-3, -0.5, 0, 0.25, 2]);
      return [...tf.grad((x) => tf.sum(tf.mul(tf.${activation}(x), x)))(x).dataSync()];`);
    assertClose(both, 1e-6);
  });

for (const activation of ["relu", "sigmoid", "tanh"])
  test(`the gradient of ${activation} on TensorFlow's library can be differentiated again`, { skip }, () => {
    const both = onBoth(`
      const x = tf.tensor1d([-3, -0.5, 0, 0.25, 2]);
      const slope = tf.grad((x) => tf.sum(tf.square(tf.${activation}(x))));
      return [...tf.grad((x) => tf.sum(slope(x)))(x).dataSync()];`);
    assertClose(both, 1e-5);
  });
