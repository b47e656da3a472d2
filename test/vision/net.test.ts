import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/compute/useBackend";
import { buildNet } from "../../lib/vision/net";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

/** Weights of a 3 x 3 convolution without bias, and the four numbers of a normalization, by hand. */
const convolution = (from: number, to: number) => 9 * from * to;

test("buildNet() has the weights that its stages say", () => {
  const plain = buildNet([{ filters: 8 }, { filters: 16, convolutions: 2 }]);
  assert.equal(plain.countParams(), convolution(1, 8) + 8 + convolution(8, 16) + 16 + convolution(16, 16) + 16 + 170);
  const normal = buildNet([{ filters: 8 }, { filters: 16, residual: true }], { batchNorm: true });
  assert.equal(
    normal.countParams(),
    convolution(1, 8) + 4 * 8 + convolution(8, 16) + 2 * convolution(16, 16) + 3 * 4 * 16 + 170,
  );
  const depthwise = buildNet([{ filters: 8 }, { filters: 16, depthwise: true }]);
  assert.equal(depthwise.countParams(), convolution(1, 8) + 8 + 9 * 8 + 8 * 16 + 16 + 170);
  assert.deepEqual(normal.getLayer("embedding").output, normal.getLayer("probabilities").input);
});

test("buildNet() halves the picture between stages", () => {
  const net = buildNet([{ filters: 2 }, { filters: 3 }, { filters: 4 }, { filters: 5 }]);
  const shapes = [1, 2, 3, 4].map((i) => net.getLayer(`relu_${i}`).outputShape);
  assert.deepEqual(shapes, [[null, 28, 28, 2], [null, 14, 14, 3], [null, 7, 7, 4], [null, 3, 3, 5]]); // prettier-ignore
});

test("buildNet() adds the block's input to its result", async () => {
  const net = buildNet([{ filters: 4, residual: true }]);
  const inner = tf.model({
    inputs: net.inputs,
    outputs: ["relu_1", "relu_3", "sum_3"].map((name) => net.getLayer(name).output as tf.SymbolicTensor),
  });
  const [input, change, sum] = inner.predict(tf.randomUniform([1, 28, 28, 1], 0, 1, "float32", 3)) as tf.Tensor[];
  assert.deepEqual(Array.from(sum.dataSync()), Array.from(tf.add(input, change).dataSync()));
});

test("buildNet() gives the same weights for the same seed and others for another", () => {
  const weights = (seed: number) => buildNet([{ filters: 2 }], { seed }).getWeights().map((w) => Array.from(w.dataSync())); // prettier-ignore
  assert.deepEqual(weights(1), weights(1));
  assert.notDeepEqual(weights(1), weights(2));
});

test("buildNet() refuses what is out of range", () => {
  assert.throws(() => buildNet([]), {
    name: "RangeError",
    message: "buildNet(): there are 0 stages; a picture of 28 x 28 allows 1 to 4",
  });
  assert.throws(() => buildNet([{ filters: 8 }, { filters: 0 }]), {
    message: "buildNet(): stage 1: filters is 0; it must be a whole number from 1",
  });
  assert.throws(() => buildNet([{ filters: 8 }], { dropout: 1 }), {
    message: "buildNet(): dropout is 1; it must be from 0 to below 1, say 0.2",
  });
  assert.throws(() => buildNet([{ filters: 8 }], { seed: 0.5 }), /seed 0\.5 is not a whole number from 0/);
});
