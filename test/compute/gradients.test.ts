import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/compute/useBackend";
import { buildCnn } from "../../lib/vision/cnn";
import { compile } from "../../lib/vision/compile";
import { integer, normal, pick, seededRandom, type Random } from "../../lib/random";

const quiet = { log: () => {} };

before(async () => {
  await useBackend({ env: { ATELIER_BACKEND: "cpu" }, ...quiet });
  await useBackend({ env: { ATELIER_BACKEND: "simd" }, ...quiet });
});

/** Runs the same computation on both backends and compares every number. */
async function assertSameOnCpu(compute: () => tf.Tensor[], message: string): Promise<void> {
  const results: Float32Array[][] = [];
  for (const backend of ["simd", "cpu"]) {
    await tf.setBackend(backend);
    results.push(tf.tidy(() => compute().map((tensor) => tensor.dataSync() as Float32Array)));
  }
  await tf.setBackend("simd");
  const [ours, naive] = results;
  ours.forEach((values, i) => {
    assert.equal(values.length, naive[i].length, message);
    const largest = naive[i].reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    values.forEach((value, j) =>
      assert.ok(Math.abs(value - naive[i][j]) <= 2e-5 * largest, `${message}: ${value} instead of ${naive[i][j]}`),
    );
  });
}

function kernel(name: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}

function values(random: Random, shape: number[]): Float32Array {
  return Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => normal(random));
}

interface Convolution {
  input: [number, number, number, number];
  filter: [number, number, number, number];
  strides: [number, number];
  pad: "same" | "valid";
}

function drawConvolution(random: Random): Convolution {
  const sizes = (low: number, high: number) => integer(random, low, high);
  const inChannels = sizes(1, 6);
  return {
    input: [sizes(1, 4), sizes(5, 12), sizes(5, 12), inChannels],
    filter: [sizes(1, 5), sizes(1, 5), inChannels, sizes(1, 7)],
    strides: [sizes(1, 4), sizes(1, 4)],
    pad: pick(random, ["same", "valid"] as const),
  };
}

test("the gradients of conv2d agree with the cpu backend on random shapes, strides and paddings", async () => {
  const random = seededRandom(1);
  for (let trial = 0; trial < 120; trial++) {
    const { input, filter, strides, pad } = drawConvolution(random);
    const outShape = tf.backend_util.computeConv2DInfo(input, filter, strides, 1, pad).outShape;
    const [x, w, dy] = [input, filter, outShape].map((shape) => values(random, shape));
    const shared = { strides, pad, dataFormat: "NHWC", dimRoundingMode: undefined };
    await assertSameOnCpu(() => {
      const gradient = tf.tensor(dy, outShape);
      return [
        kernel("Conv2DBackpropFilter", { x: tf.tensor(x, input), dy: gradient }, { ...shared, filterShape: filter }),
        kernel("Conv2DBackpropInput", { dy: gradient, filter: tf.tensor(w, filter) }, { ...shared, inputShape: input }),
      ];
    }, `trial ${trial}: [${input}] by [${filter}], strides ${strides}, ${pad}`);
  }
});

test("the gradient of max pooling agrees with the cpu backend on random shapes, windows and paddings", async () => {
  const random = seededRandom(2);
  for (let trial = 0; trial < 60; trial++) {
    const { input, strides, pad } = drawConvolution(random);
    const filterSize: [number, number] = [integer(random, 1, 4), integer(random, 1, 4)];
    const outShape = tf.backend_util.computePool2DInfo(input, filterSize, strides, 1, pad).outShape;
    const [x, dy] = [input, outShape].map((shape) => values(random, shape));
    const attributes = { filterSize, strides, pad, dimRoundingMode: undefined };
    await assertSameOnCpu(() => {
      const image = tf.tensor4d(x, input);
      const inputs = { dy: tf.tensor(dy, outShape), input: image, output: tf.zeros(outShape) };
      return [kernel("MaxPoolGrad", inputs, attributes)];
    }, `trial ${trial}: [${input}] by ${filterSize}, strides ${strides}, ${pad}`);
  }
});

test("matMul() agrees with the cpu backend with and without transposed factors", async () => {
  const random = seededRandom(3);
  for (let trial = 0; trial < 40; trial++) {
    const [rows, inner, columns] = [integer(random, 1, 20), integer(random, 1, 20), integer(random, 1, 20)];
    const [transposeA, transposeB] = [integer(random, 0, 2) === 1, integer(random, 0, 2) === 1];
    const batch = integer(random, 0, 2) === 1 ? [3] : [];
    const aShape = [...batch, ...(transposeA ? [inner, rows] : [rows, inner])];
    const bShape = [...batch, ...(transposeB ? [columns, inner] : [inner, columns])];
    const [a, b] = [values(random, aShape), values(random, bShape)];
    await assertSameOnCpu(
      () => [tf.matMul(tf.tensor(a, aShape), tf.tensor(b, bShape), transposeA, transposeB)],
      `trial ${trial}: [${aShape}] by [${bShape}], transposed ${transposeA} ${transposeB}`,
    );
  }
});

test("sum() agrees with the cpu backend over leading, trailing, all and no axes", async () => {
  const random = seededRandom(4);
  const shape = [3, 4, 5, 6];
  const x = values(random, shape);
  for (const axis of [[0], [0, 1], [0, 1, 2], [1, 0], [3], [1, 2], [0, 2], [0, 1, 2, 3]])
    for (const keepDims of [false, true])
      await assertSameOnCpu(() => [tf.sum(tf.tensor(x, shape), axis, keepDims)], `axes ${axis}, keepDims ${keepDims}`);
});

test("a training step leaves no tensor behind", async () => {
  const model = compile(buildCnn({ seed: 1 }));
  const x = tf.zeros([4, 28, 28, 1]);
  const y = tf.zeros([4, 1]);
  await model.trainOnBatch(x, y);
  const before = tf.memory().numTensors;
  for (let step = 0; step < 3; step++) await model.trainOnBatch(x, y);
  assert.equal(tf.memory().numTensors, before);
});
