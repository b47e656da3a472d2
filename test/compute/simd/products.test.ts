import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, normal, pick, seededRandom, type Random } from "../../../lib/random";
import { SimdBackend } from "../../../lib/compute/simd/SimdBackend";
import { makePool } from "../../../lib/threads/workerPool";
import { againstCpu } from "./against";

/** Sums of products in another order differ by the rounding of their terms. */
const SUMS = { relative: 1e-5, absolute: 2e-5 };

function draw(random: Random, shape: number[]): Float32Array {
  return Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => normal(random));
}

const upTo = (random: Random, most: number) => integer(random, 1, most + 1);

function drawConvolution(random: Random) {
  const [channels, filters] = [upTo(random, 9), upTo(random, 20)];
  const dilated = integer(random, 0, 3) === 0;
  return {
    input: [upTo(random, 3), integer(random, 8, 13), integer(random, 8, 13), channels] as Four,
    filter: [upTo(random, 4), upTo(random, 4), channels, filters] as Four,
    strides: (dilated ? [1, 1] : [upTo(random, 3), upTo(random, 3)]) as [number, number],
    dilations: (dilated ? [upTo(random, 2), upTo(random, 2)] : [1, 1]) as [number, number],
    pad: pick(random, ["same", "valid", explicitPad(random)] as const),
  };
}

type Four = [number, number, number, number];

function explicitPad(random: Random): tf.backend_util.ExplicitPadding {
  const side = () => [integer(random, 0, 3), integer(random, 0, 3)] as [number, number];
  return [[0, 0], side(), side(), [0, 0]];
}

test("conv2d() agrees with cpu on random shapes, strides, paddings and dilations, with bias and activation", async () => {
  const random = seededRandom(11);
  for (let trial = 0; trial < 70; trial++) {
    const { input, filter, strides, dilations, pad } = drawConvolution(random);
    const [x, w, bias, alpha] = [input, filter, [filter[3]], [filter[3]]].map((shape) => draw(random, shape));
    const activation = pick(random, ["linear", "relu", "relu6", "elu", "prelu", "leakyrelu", "sigmoid"] as const);
    const message = `${trial}: [${input}] by [${filter}], ${strides}, ${JSON.stringify(pad)}, ${dilations}, ${activation}`;
    const images = () => ({ x: tf.tensor4d(x, input), filter: tf.tensor4d(w, filter), strides, pad, dilations });
    await againstCpu(message, () => {
      const { x: inputs, filter: weights } = images();
      return tf.conv2d(inputs, weights, strides, pad, "NHWC", dilations);
    }, SUMS); // prettier-ignore
    await againstCpu(
      `fused ${message}`,
      () =>
        tf.fused.conv2d({
          ...images(),
          activation,
          bias: tf.tensor1d(bias),
          leakyreluAlpha: 0.1,
          ...(activation === "prelu" && { preluActivationWeights: tf.tensor1d(alpha) }),
        }),
      SUMS,
    );
  }
});

test("the gradients of conv2d agree with cpu, an empty batch among them", async () => {
  const random = seededRandom(12);
  for (let trial = 0; trial < 60; trial++) {
    const { input, filter, strides, dilations, pad } = drawConvolution(random);
    if (trial % 20 === 0) input[0] = 0;
    const { outShape } = tf.backend_util.computeConv2DInfo(input, filter, strides, dilations, pad);
    const [x, w, dy] = [input, filter, outShape].map((shape) => draw(random, shape));
    const attributes = { strides, pad, dilations, dataFormat: "NHWC" } as unknown as tf.NamedAttrMap;
    const run = (name: string, inputs: tf.NamedTensorMap, more: tf.NamedAttrMap) =>
      tf.engine().runKernel(name, inputs, { ...attributes, ...more }) as tf.Tensor;
    const message = `${trial}: [${input}] by [${filter}], ${strides}, ${JSON.stringify(pad)}, ${dilations}`;
    const dilated = dilations.some((dilation) => dilation > 1); // cpu's own gradients take no dilation
    if (dilated) continue;
    await againstCpu(
      message,
      () => {
        const gradient = tf.tensor(dy, outShape);
        return [
          run("Conv2DBackpropInput", { dy: gradient, filter: tf.tensor(w, filter) }, { inputShape: input }),
          run("Conv2DBackpropFilter", { x: tf.tensor(x, input), dy: gradient }, { filterShape: filter }),
        ];
      },
      SUMS,
    );
  }
});

test("conv2d() with many filters copies panels of the filter and gives the same", async () => {
  const random = seededRandom(13);
  const [x, w] = [draw(random, [2, 9, 9, 5]), draw(random, [3, 3, 5, 300])];
  await againstCpu("300 filters", () => tf.conv2d(tf.tensor4d(x, [2, 9, 9, 5]), tf.tensor4d(w, [3, 3, 5, 300]), 1, "same"), SUMS); // prettier-ignore
});

test("conv2d() keeps NaN and Infinity to the pixels whose taps meet them", async () => {
  const random = seededRandom(14);
  const x = draw(random, [1, 8, 8, 3]);
  x[10] = NaN;
  x[100] = Infinity;
  const w = draw(random, [3, 3, 3, 9]);
  const convolve = () => tf.conv2d(tf.tensor4d(x, [1, 8, 8, 3]), tf.tensor4d(w, [3, 3, 3, 9]), 1, "same");
  await againstCpu("not finite", convolve, SUMS);
  w[7] = -Infinity;
  await againstCpu("nor is the filter", convolve, SUMS);
  const dy = draw(random, [1, 4, 4, 9]);
  await againstCpu("nor is it in the gradient of the input", () => tf.grad((images) => tf.conv2d(images as tf.Tensor4D, tf.tensor4d(w, [3, 3, 3, 9]), 2, "same"))(tf.tensor4d(x, [1, 8, 8, 3]), tf.tensor4d(dy, [1, 4, 4, 9])), SUMS); // prettier-ignore
});

test("matMul() agrees with cpu on random sizes, transposed or not, batches, bias and activation", async () => {
  const random = seededRandom(15);
  for (let trial = 0; trial < 60; trial++) {
    const [rows, columns] = [upTo(random, 70), upTo(random, 70)];
    const depth = integer(random, 0, 90);
    const [transposeA, transposeB] = [integer(random, 0, 2) === 1, integer(random, 0, 2) === 1];
    const [batchA, batchB] = pick(random, [[[], []], [[3], [3]], [[1], [3]], [[3], [1]], [[], [2, 2]]]); // prettier-ignore
    const aShape = [...batchA, ...(transposeA ? [depth, rows] : [rows, depth])];
    const bShape = [...batchB, ...(transposeB ? [columns, depth] : [depth, columns])];
    const [a, b, bias] = [aShape, bShape, [columns]].map((shape) => draw(random, shape));
    const activation = pick(random, ["linear", "relu", "relu6", "elu", "sigmoid"] as const);
    const message = `${trial}: [${aShape}] by [${bShape}], transposed ${transposeA} ${transposeB}, ${activation}`;
    await againstCpu(
      message,
      () => tf.matMul(tf.tensor(a, aShape), tf.tensor(b, bShape), transposeA, transposeB),
      SUMS,
    );
    if (batchA.length !== batchB.length) continue;
    const operands = () => ({ a: tf.tensor(a, aShape), b: tf.tensor(b, bShape), bias: tf.tensor1d(bias) });
    await againstCpu(
      `fused ${message}`,
      () => tf.fused.matMul({ ...operands(), transposeA, transposeB, activation }),
      SUMS,
    );
  }
});

test("matMul() of large matrices agrees with cpu in all four forms", async () => {
  const random = seededRandom(16);
  for (const [transposeA, transposeB] of [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ]) {
    // prettier-ignore
    const [rows, columns, depth] = [130, 290, 300];
    const [a, b] = [draw(random, [rows * depth]), draw(random, [depth * columns])];
    await againstCpu(
      `transposed ${transposeA} ${transposeB}`,
      () =>
        tf.matMul(
          tf.tensor2d(a, transposeA ? [depth, rows] : [rows, depth]),
          tf.tensor2d(b, transposeB ? [columns, depth] : [depth, columns]),
          transposeA,
          transposeB,
        ),
      { relative: 1e-5, absolute: 1e-4 },
    );
  }
});

test("the gradient of a convolution agrees with finite differences", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  await tf.setBackend("simd-2");
  const random = seededRandom(17);
  const [x, w] = [draw(random, [2, 5, 5, 2]), draw(random, [3, 3, 2, 3])];
  const loss = (values: Float32Array) =>
    tf.tidy(() =>
      tf
        .conv2d(tf.tensor4d(x, [2, 5, 5, 2]), tf.tensor4d(values, [3, 3, 2, 3]), 1, "same")
        .square()
        .sum(),
    );
  const gradient = tf.tidy(() =>
    tf.grad((filter: tf.Tensor) => tf.conv2d(tf.tensor4d(x, [2, 5, 5, 2]), filter as tf.Tensor4D, 1, "same").square().sum())(tf.tensor4d(w, [3, 3, 2, 3])).dataSync(),
  ); // prettier-ignore
  const step = 1e-2;
  for (const at of [0, 7, 20, 53]) {
    const moved = [step, -step].map((by) => loss(w.map((value, i) => (i === at ? value + by : value))).dataSync()[0]);
    const difference = (moved[0] - moved[1]) / (2 * step);
    assert.ok(
      Math.abs(difference - gradient[at]) < 0.02 * Math.abs(difference) + 0.05,
      `${difference} ${gradient[at]}`,
    );
  }
});

test("matMul() of matrices without depth, and without rows or columns, agrees with cpu", async () => {
  for (const [rows, depth, columns] of [
    [4, 0, 3],
    [5, 0, 300],
    [0, 3, 2],
    [2, 3, 0],
    [0, 0, 0],
  ])
    // prettier-ignore
    for (const [turnA, turnB] of [[false, false], [true, false], [false, true], [true, true]]) // prettier-ignore
      await againstCpu(`${rows} by ${depth} by ${columns}, ${turnA}, ${turnB}`, () => {
        const a = tf.zeros(turnA ? [depth, rows] : [rows, depth]) as tf.Tensor2D;
        const b = tf.zeros(turnB ? [columns, depth] : [depth, columns]) as tf.Tensor2D;
        const bias = tf.range(-1, columns - 1);
        const fused = { a, b, transposeA: turnA, transposeB: turnB, bias, activation: "relu" } as const;
        return [tf.matMul(a, b, turnA, turnB), tf.fused.matMul(fused)];
      });
});

test("a filter or window that does not fit is refused, and the threads go on", async () => {
  await tf.setBackend("simd-2");
  const image = tf.ones<tf.Rank.R4>([2, 1, 2, 8]);
  const refusal = { name: "RangeError", message: /^the result would be of shape .* larger than the image; make it/ };
  assert.throws(() => tf.conv2d(image, tf.ones([3, 4, 8, 4]), 1, "valid"), refusal);
  assert.throws(() => tf.conv2d(image, tf.ones([3, 1, 8, 4]), 1, "valid"), refusal);
  assert.throws(() => tf.depthwiseConv2d(image, tf.ones([3, 4, 8, 2]), 1, "valid"), refusal);
  assert.throws(() => tf.maxPool(image, [3, 1], 1, "valid"), refusal);
  assert.throws(() => tf.avgPool(image, [3, 4], 1, "valid"), refusal);
  assert.equal(
    tf
      .ones([300, 300])
      .matMul(tf.ones([300, 300]))
      .sum()
      .dataSync()[0],
    300 ** 3,
  );
});

test("conv2d() reads zeros beyond the border, wherever in memory it works", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  const far = makePool("compute/simd", { threads: 1 });
  far.allocator.allocate(0x3f900000); // an address beyond is no small number when its bits are read as a float
  tf.registerBackend("simd far", () => new SimdBackend(far));
  for (const config of tf.getKernelsForBackend("simd")) tf.registerKernel({ ...config, backendName: "simd far" });
  const random = seededRandom(21);
  const [x, filter] = [[2, 7, 6, 2], [3, 3, 2, 5]].map((shape) => ({ shape: shape as Four, values: draw(random, shape) })); // prettier-ignore
  const results: Float32Array[] = [];
  for (const backend of ["cpu", "simd far"]) {
    await tf.setBackend(backend);
    const images = tf.tensor4d(x.values, x.shape);
    const weights = tf.tensor4d(filter.values, filter.shape);
    results.push(tf.conv2d(images, weights, 3, "same").dataSync() as Float32Array);
    results.push(tf.conv2d(images, weights, 1, [[0, 0], [2, 1], [0, 0], [0, 0]]).dataSync() as Float32Array); // prettier-ignore
  }
  for (const i of [0, 1])
    results[i].forEach((wanted, at) => assert.ok(Math.abs(results[i + 2][at] - wanted) <= 2e-5, `${i}, ${at}`));
  far.close();
});
