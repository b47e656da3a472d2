import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { learningRateOf, oneCycle, rateAt, setLearningRate } from "../../lib/vision/schedule";

const near = (value: number, wanted: number) => assert.ok(Math.abs(value - wanted) < 1e-12, `${value}, not ${wanted}`);

test("oneCycle() rises to the highest rate and falls to nearly zero, along half cosines", () => {
  const schedule = oneCycle(0.01);
  assert.deepEqual(schedule, [[0, 0.0004], [0.25, 0.01], [1, 1e-6]]); // prettier-ignore
  near(rateAt(schedule, 0), 0.0004);
  near(rateAt(schedule, 0.125), (0.0004 + 0.01) / 2);
  near(rateAt(schedule, 0.25), 0.01);
  near(rateAt(schedule, 0.5), 1e-6 + ((0.01 - 1e-6) * (1 + Math.cos(Math.PI / 3))) / 2);
  near(rateAt(schedule, 1), 1e-6);
  assert.deepEqual(oneCycle(1, { warmUp: 0.1, start: 0.5, end: 0.2 }), [[0, 0.5], [0.1, 1], [1, 0.2]]); // prettier-ignore
});

test("oneCycle() refuses what leaves no rise or no fall", () => {
  assert.throws(() => oneCycle(0), {
    name: "RangeError",
    message: "oneCycle(): the learning rate at share 0 is 0; it must be a number above 0",
  });
  for (const warmUp of [0, 1, NaN])
    assert.throws(() => oneCycle(0.1, { warmUp }), {
      message: `oneCycle(): warmUp is ${warmUp}; it must be a share between 0 and 1, say 0.25`,
    });
});

test("setLearningRate() reaches every optimizer of TensorFlow.js", () => {
  for (const optimizer of [tf.train.sgd(1), tf.train.momentum(1, 0.9), tf.train.adam(1), tf.train.rmsprop(1)]) {
    const weight = tf.variable(tf.scalar(5));
    setLearningRate(optimizer, 0.25);
    assert.equal(learningRateOf(optimizer), 0.25);
    optimizer.minimize(() => weight.mul(1) as tf.Scalar, false, [weight]);
    const moved = 5 - weight.dataSync()[0];
    assert.ok(moved > 0.2 && moved < 0.9, `${optimizer.getClassName()}: ${moved}`);
  }
});
