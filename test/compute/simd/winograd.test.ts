import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { fitsWinograd, tiled } from "../../../lib/compute/simd/kernels/winograd";
import { plainShape } from "../../../lib/compute/simd/kernels/convShape";
import { integer, pick, seededRandom, type Random } from "../../../lib/random";
import { againstCpu, draw, tensorOf, type Draw } from "./against";

/** Filtered sums round otherwise than plain ones: by as much as the largest of a tile. */
const FILTERED = { relative: 1e-5, absolute: 1e-3 };

/** A convolution that is filtered: 3 x 3, stride 1, wide enough. */
function drawConvolution(random: Random, odd = 0) {
  const [channels, filters] = [16 + 8 * integer(random, 0, 2), 16 + 8 * integer(random, 0, 3)];
  const size = () => integer(random, 8, 13);
  return {
    x: draw(random, [integer(random, 1, 4), size(), size(), channels], { odd }),
    filter: draw(random, [3, 3, channels, filters]),
    bias: draw(random, [filters]),
    pad: pick(random, ["same", "valid", [[0, 0], [2, 1], [0, 2], [0, 0]]] as const) as "same", // prettier-ignore
  };
}

const tensor4d = (drawn: Draw) => tensorOf(drawn) as tf.Tensor4D;

function isFiltered({ x, filter, pad }: ReturnType<typeof drawConvolution>): boolean {
  const info = tf.backend_util.computeConv2DInfo(x.shape as never, filter.shape as never, 1, 1, pad);
  return tiled(plainShape(info)) !== null;
}

test("conv2d() by Winograd's filtering agrees with cpu on random sizes and paddings, with bias and activation", async () => {
  const random = seededRandom(21);
  let filtered = 0;
  for (let trial = 0; trial < 20; trial++) {
    const drawn = drawConvolution(random);
    filtered += Number(isFiltered(drawn));
    const activation = pick(random, ["linear", "relu", "relu6", "elu"] as const);
    const compute = () => {
      const [x, filter, bias] = [tensor4d(drawn.x), tensor4d(drawn.filter), tensorOf(drawn.bias) as tf.Tensor1D];
      return tf.fused.conv2d({ x, filter, strides: 1, pad: drawn.pad, bias, activation });
    };
    await againstCpu(`${trial}: [${drawn.x.shape}], ${drawn.pad}, ${activation}`, compute, FILTERED);
  }
  assert.ok(filtered >= 15, `${filtered} of 20 were filtered`);
});

test("both gradients of conv2d() by Winograd's filtering agree with cpu", async () => {
  const random = seededRandom(22);
  for (let trial = 0; trial < 12; trial++) {
    const drawn = drawConvolution(random);
    const compute = () => {
      const loss = (x: tf.Tensor, filter: tf.Tensor) =>
        tf
          .conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, drawn.pad)
          .square()
          .mean() as tf.Scalar;
      return tf.grads(loss)([tensor4d(drawn.x), tensor4d(drawn.filter)]);
    };
    await againstCpu(`${trial}: [${drawn.x.shape}], ${drawn.pad}`, compute, FILTERED);
  }
});

test("conv2d() is not filtered where a number is not finite or so large that its neighbours would feel it", async () => {
  const random = seededRandom(23);
  for (let trial = 0; trial < 8; trial++) {
    const drawn = drawConvolution(random, trial < 6 ? 0.002 : 0);
    if (trial >= 6) drawn.x.values[integer(random, 0, drawn.x.values.length)] = 1e9;
    const compute = () => tf.conv2d(tensor4d(drawn.x), tensor4d(drawn.filter), 1, drawn.pad);
    await againstCpu(`${trial}: [${drawn.x.shape}]`, compute, { relative: 1e-5, absolute: 2e-4 });
  }
});

test("tiled() leaves small maps, other strides and few channels to the plain convolution", () => {
  const prefers = (x: number[], filter: number[], strides = 1, dilations = 1) =>
    tiled(plainShape(tf.backend_util.computeConv2DInfo(x as never, filter as never, strides, dilations, "valid"))) !== null; // prettier-ignore
  assert.ok(prefers([1, 13, 13, 32], [3, 3, 32, 64]));
  assert.ok(!prefers([1, 5, 5, 64], [3, 3, 64, 64]));
  assert.ok(!prefers([1, 13, 13, 32], [3, 3, 32, 64], 2));
  assert.ok(!prefers([1, 13, 13, 32], [3, 3, 32, 64], 1, 2));
  assert.ok(!prefers([1, 13, 13, 8], [3, 3, 8, 64]));
  assert.ok(!prefers([1, 13, 13, 32], [5, 5, 32, 64]));
  assert.ok(!fitsWinograd(1024, 512) && !fitsWinograd(20, 16) && fitsWinograd(512, 512));
});

/** Standard deviation of the error of `got`, in that of what is wanted. */
function errorOf(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const squares = (value: (i: number) => number) => Array.from(wanted, (_, i) => value(i) ** 2).reduce((a, b) => a + b);
  return Math.sqrt(squares((i) => got[i] - wanted[i]) / squares((i) => wanted[i]));
}

test("tiles of either size lose few digits, forward and in both gradients", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  for (const [side, width, most] of [
    [4, 12, 2e-6],
    [2, 6, 1e-6],
  ]) {
    // prettier-ignore
    const shapes = { x: [2, width, width, 64], filter: [3, 3, 64, 64] };
    const info = tf.backend_util.computeConv2DInfo(shapes.x as never, shapes.filter as never, 1, 1, "same");
    assert.equal(tiled(plainShape(info))?.tiles.side, side);
    const results: ArrayLike<number>[][] = [];
    for (const backend of ["cpu", "simd-2"]) {
      await tf.setBackend(backend);
      tf.tidy(() => {
        const x = tf.relu(tf.randomNormal(shapes.x as never, 0, 1, "float32", 1)) as tf.Tensor4D;
        const filter = tf.randomNormal(shapes.filter as never, 0, 0.06, "float32", 2) as tf.Tensor4D;
        const convolve = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same");
        const gradients = tf.grads(convolve)([x, filter], tf.randomNormal(info.outShape, 0, 1, "float32", 3));
        results.push([convolve(x, filter), ...gradients].map((tensor) => tensor.dataSync()));
      });
    }
    results[1].forEach((numbers, i) => {
      const error = errorOf(numbers, results[0][i]);
      assert.ok(error < most, `result ${i} by tiles of ${side} is off by ${error}`);
    });
  }
});
