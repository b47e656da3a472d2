import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { normal, seededRandom } from "../../../lib/random";
import { againstCpu } from "./against";

before(() => againstCpu("makes the backends", () => tf.scalar(1)));

const optimizers: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.05, 0.9),
  "momentum by Nesterov": () => tf.train.momentum(0.05, 0.9, true),
  rmsprop: () => tf.train.rmsprop(0.01, 0.8, 0.5),
  "rmsprop, centered": () => tf.train.rmsprop(0.01, 0.9, 0.2, 1e-7, true),
  adam: () => tf.train.adam(0.02),
  adagrad: () => tf.train.adagrad(0.1),
};

/** A weight of 37 numbers and one of one, pulled to their targets; what is remembered afterwards as well. */
async function minimize(backend: string, optimizer: () => tf.Optimizer, steps: number): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const random = seededRandom(5);
  const draw = (size: number) => Float32Array.from({ length: size }, () => normal(random));
  const weights = [tf.variable(tf.tensor1d(draw(37))), tf.variable(tf.tensor1d(draw(1)))];
  const targets = weights.map(({ size }) => tf.tensor1d(draw(size)));
  const learner = optimizer();
  for (let step = 0; step < steps; step++) {
    const loss = () =>
      tf.addN(
        weights.map((weight, i) =>
          weight
            .sub(targets[i])
            .square()
            .sum()
            .mul(i + 1),
        ),
      ) as tf.Scalar;
    learner.minimize(loss, false, weights);
  }
  const state = (await learner.getWeights()).slice(1).map(({ tensor }) => tensor);
  const values = [...weights, ...state].map((tensor) => Float32Array.from(tensor.dataSync()));
  tf.dispose([...weights, ...targets]);
  learner.dispose();
  return values;
}

for (const [name, optimizer] of Object.entries(optimizers))
  test(`${name} goes the way it goes on cpu, twenty steps, its memory included, on one thread and on two`, async () => {
    const [naive, one, two] = [
      await minimize("cpu", optimizer, 20),
      await minimize("simd-1", optimizer, 20),
      await minimize("simd-2", optimizer, 20),
    ];
    assert.deepEqual(two, one);
    assert.equal(one.length, naive.length);
    one.forEach((values, i) =>
      values.forEach((value, at) =>
        assert.ok(Math.abs(value - naive[i][at]) <= 2e-5 * (1 + Math.abs(naive[i][at])), `${i}, ${at}: ${value}`),
      ),
    );
  });

test("an update changes no tensor that shares the weight's numbers, and takes no new memory", async () => {
  await tf.setBackend("simd-2");
  const weight = tf.variable(tf.tensor1d([1, 2, 3]));
  const copy = weight.clone();
  const adam = tf.train.adam(0.1);
  const step = () => adam.minimize(() => weight.square().sum() as tf.Scalar, false, [weight]);
  step();
  assert.deepEqual([...copy.dataSync()], [1, 2, 3]);
  assert.notEqual(weight.dataSync()[0], 1);
  const before = tf.memory();
  for (let i = 0; i < 5; i++) step();
  assert.deepEqual(tf.memory(), before);
});

test("an update changes no tensor that shared the weight's numbers on another backend", async () => {
  await tf.setBackend("cpu");
  const weight = tf.variable(tf.tensor1d([1, 2, 3]));
  const kept = weight.clone();
  await tf.setBackend("simd-2");
  tf.train.sgd(1).applyGradients([{ name: weight.name, tensor: tf.ones([3]) }]);
  assert.deepEqual([...kept.dataSync()], [1, 2, 3]);
  assert.deepEqual([...weight.dataSync()], [0, 1, 2]);
});

test("an optimizer that was used for other weights is refused, and writes nowhere else", async () => {
  await tf.setBackend("simd-2");
  for (const learner of [tf.train.adam(), tf.train.momentum(0.1, 0.9), tf.train.rmsprop(0.1)]) {
    const [few, many] = [tf.variable(tf.zeros([4])), tf.variable(tf.zeros([4000]))];
    const learn = (weight: tf.Variable) =>
      learner.minimize(() => weight.sub(1).square().sum() as tf.Scalar, false, [weight]);
    learn(few);
    const others = Array.from({ length: 40 }, () => tf.zeros([4]));
    assert.throws(() => learn(many), {
      message: /has state for a weight of shape \[4\], .* make a new optimizer for each model/,
    });
    for (const other of others) assert.deepEqual([...other.dataSync()], [0, 0, 0, 0]);
    assert.deepEqual([...many.dataSync()], [...new Float32Array(4000)]);
    tf.dispose(others);
  }
});

test("a gradient of another shape is spread, as TensorFlow.js does it", async () => {
  await tf.setBackend("simd-2");
  const weight = tf.variable(tf.zeros([2, 3]));
  tf.train.sgd(1).applyGradients([{ name: weight.name, tensor: tf.tensor1d([1, 2, 3]) }]);
  assert.deepEqual([...weight.dataSync()], [-1, -2, -3, -1, -2, -3]);
});
