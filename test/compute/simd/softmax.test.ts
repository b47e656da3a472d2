import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { againstCpu, draw, kernel, randomShape, tensorOf } from "./against";
import { seededRandom } from "../../../lib/random";

const SHAPES = [[1], [10], [32, 10], [3, 5000], [2000, 17], [20_000, 1], [2, 3, 4, 5], [0, 4], [4, 0]];

test("softmax does what the cpu kernel does, with infinities and NaN, and its gradient too", async () => {
  const random = seededRandom(12);
  for (const shape of [...SHAPES, ...Array.from({ length: 10 }, () => [2, ...randomShape(random)])]) {
    for (const odd of [0, 0.02]) {
      const [x, dy] = [draw(random, shape, { odd }), draw(random, shape)];
      await againstCpu(`[${shape}]`, () => tf.softmax(tensorOf(x)), { absolute: 1e-44 });
      if (odd === 0)
        await againstCpu(
          `gradient, [${shape}]`,
          () => tf.grad((logits: tf.Tensor) => tf.softmax(logits))(tensorOf(x), tensorOf(dy)),
          { absolute: 2e-6 },
        );
    }
  }
});

test("softmax of large numbers neither overflows nor depends on what is added to all of them", async () => {
  await againstCpu("large", () => tf.softmax(tf.tensor2d([1000, 1001, 1002, -1e4, 0, 1e4], [2, 3])));
});

test("softmax leaves other axes and types to the cpu kernel", async () => {
  await againstCpu("int32", () => kernel("Softmax", { logits: tf.tensor1d([1, 2, 3], "int32") }, { dim: 0 }));
  assert.throws(() => kernel("Softmax", { logits: tf.zeros([2, 3]) }, { dim: 0 }), /non-last dimension/);
});

test("LogSoftmax is the logarithm of softmax, and tf.logSoftmax is as on cpu", async () => {
  const random = seededRandom(13);
  for (const shape of SHAPES) {
    const x = draw(random, shape);
    await againstCpu(`[${shape}]`, () => tf.logSoftmax(tensorOf(x)), { absolute: 3e-6 });
    await tf.setBackend("simd-1");
    const [whole, steps] = tf.tidy(() => {
      const logits = tensorOf(x);
      return [kernel("LogSoftmax", { logits }, { axis: -1 }).dataSync(), tf.logSoftmax(logits).dataSync()];
    });
    whole.forEach((value, i) => assert.ok(Math.abs(value - steps[i]) <= 3e-6, `${value} instead of ${steps[i]}`));
  }
});

test("LogSoftmax refuses an axis that is not the last", async () => {
  await againstCpu("the backend is there", () => tf.relu(tf.scalar(1)));
  await tf.setBackend("simd-1");
  assert.throws(() => kernel("LogSoftmax", { logits: tf.zeros([2, 3]) }, { axis: 0 }), {
    message: "LogSoftmax: got float32 of rank 2 and axis 0, wanted float32 and the last axis; transpose or cast before",
  });
});
