import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom, type Random } from "../../../lib/random";
import { againstCpu, draw, kernel, tensorOf, type Draw } from "./against";

/** Sums of products in another order differ by the rounding of their terms. */
const SUMS = { relative: 1e-5, absolute: 4e-5 };

type Two = [number, number];
/** The declaration of the fused one leaves out explicit paddings, which it takes. */
type Images = Omit<Parameters<typeof tf.fused.depthwiseConv2d>[0], "activation">;
type Four = [number, number, number, number];

const upTo = (random: Random, most: number) => integer(random, 1, most + 1);

function drawConvolution(random: Random) {
  const [channels, filters] = [upTo(random, 21), pick(random, [1, 1, 1, 2, 3])];
  const dilated = integer(random, 0, 3) === 0;
  const taps = pick(random, [upTo(random, 4), 3, 5, 7]);
  const side = () => [integer(random, 0, 4), integer(random, 0, 4)] as Two;
  const explicit: tf.backend_util.ExplicitPadding = [[0, 0], side(), side(), [0, 0]];
  return {
    input: [upTo(random, 3), integer(random, 9, 16), integer(random, 9, 16), channels] as Four,
    filter: [pick(random, [upTo(random, 4), 3, 5]), taps, channels, filters] as Four,
    strides: (dilated ? [1, 1] : [upTo(random, 3), upTo(random, 3)]) as Two,
    dilations: (dilated ? [upTo(random, 2), taps === 7 ? 1 : upTo(random, 2)] : [1, 1]) as Two,
    pad: pick(random, ["same", "valid", explicit] as const),
  };
}

test("depthwiseConv2d() agrees with cpu on random shapes, strides, paddings, dilations and multipliers, with bias and activation", async () => {
  const random = seededRandom(71);
  for (let trial = 0; trial < 80; trial++) {
    const { input, filter, strides, dilations, pad } = drawConvolution(random);
    if (trial % 30 === 0) input[0] = 0;
    const [x, w] = [draw(random, input), draw(random, filter)];
    const [bias, alpha] = [0, 1].map(() => draw(random, [filter[2] * filter[3]]));
    const activation = pick(random, ["linear", "relu", "relu6", "elu", "prelu", "leakyrelu", "sigmoid"] as const);
    const message = `${trial}: [${input}] by [${filter}], ${strides}, ${JSON.stringify(pad)}, ${dilations}, ${activation}`;
    const images = () => ({
      x: tensorOf(x) as tf.Tensor4D,
      filter: tensorOf(w) as tf.Tensor4D,
      strides,
      pad,
      dilations,
    });
    await againstCpu(
      message,
      () => {
        const { x: inputs, filter: weights } = images();
        return tf.depthwiseConv2d(inputs, weights, strides, pad, "NHWC", dilations);
      },
      SUMS,
    );
    await againstCpu(
      `fused ${message}`,
      () =>
        tf.fused.depthwiseConv2d({
          ...(images() as Images),
          activation,
          bias: tensorOf(bias) as tf.Tensor1D,
          leakyreluAlpha: 0.1,
          ...(activation === "prelu" && { preluActivationWeights: tensorOf(alpha) }),
        }),
      SUMS,
    );
  }
});

/** Both gradients of a convolution from that of its output. */
function gradients(of: { x: Draw; w: Draw; dy: Draw }, attributes: object): tf.Tensor[] {
  const [x, filter, dy] = [of.x, of.w, of.dy].map(tensorOf);
  return [
    kernel("DepthwiseConv2dNativeBackpropInput", { dy, filter }, { ...attributes, inputShape: of.x.shape }),
    kernel("DepthwiseConv2dNativeBackpropFilter", { x, dy }, { ...attributes, filterShape: of.w.shape }),
  ];
}

test("the gradients of depthwiseConv2d agree with cpu, an empty batch among them", async () => {
  const random = seededRandom(72);
  for (let trial = 0; trial < 80; trial++) {
    const { input, filter, strides, dilations, pad } = drawConvolution(random);
    if (trial % 20 === 0) input[0] = 0;
    if (trial % 20 === 1) input[0] = 19; // parts of several images
    if (dilations.some((dilation) => dilation > 1)) continue; // cpu's own gradients take no dilation
    const { outShape } = tf.backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, undefined, true);
    const [x, w, dy] = [input, filter, outShape].map((shape) => draw(random, shape));
    const message = `${trial}: [${input}] by [${filter}], ${strides}, ${JSON.stringify(pad)}`;
    await againstCpu(message, () => gradients({ x, w, dy }, { strides, pad, dilations }), {
      relative: 1e-5,
      absolute: 3e-4,
    });
  }
});

test("images narrower than their filter, and odd numbers in their gradients, are as on cpu", async () => {
  const random = seededRandom(76);
  for (let trial = 0; trial < 60; trial++) {
    const [taps, channels, stride] = [pick(random, [3, 5]), pick(random, [1, 4, 6]), pick(random, [1, 1, 2])];
    const input = [2, upTo(random, 7), upTo(random, 7), channels] as Four;
    const filter = [pick(random, [3, 5]), taps, channels, 1] as Four;
    const { outShape } = tf.backend_util.computeConv2DInfo(input, filter, stride, 1, "same", undefined, true);
    const [x, w, dy] = [input, filter, outShape].map((shape) => draw(random, shape));
    if (trial % 2 === 1)
      for (const { values } of [x, dy]) values[integer(random, 0, values.length)] = pick(random, [NaN, Infinity]);
    const attributes = { strides: [stride, stride], pad: "same", dilations: [1, 1] };
    await againstCpu(
      `${trial}: [${input}] by [${filter}], ${stride}`,
      () => [
        kernel("DepthwiseConv2dNative", { x: tensorOf(x), filter: tensorOf(w) }, attributes),
        ...gradients({ x, w, dy }, attributes),
      ],
      { relative: 1e-5, absolute: 3e-4 },
    );
  }
});

test("the gradients of a dilated depthwiseConv2d are those of the same convolution by a filter with holes", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  await tf.setBackend("simd-2");
  const random = seededRandom(73);
  const [x, w, dy] = [[2, 9, 8, 5], [3, 2, 5, 2], [2, 9, 8, 10]].map((shape) => draw(random, shape)); // prettier-ignore
  tf.tidy(() => {
    const [dx, dw] = gradients({ x, w, dy }, { strides: [1, 1], pad: "same", dilations: [2, 3] });
    const spread = Array.from({ length: 5 * 4 }, (_, tap) => {
      const [down, across] = [Math.floor(tap / 4), tap % 4];
      return down % 2 === 0 && across % 3 === 0 ? tf.slice(tensorOf(w), [down / 2, across / 3], [1, 1]).flatten() : tf.zeros([10]);
    }); // prettier-ignore
    const holed = { values: tf.stack(spread).dataSync() as Float32Array, shape: [5, 4, 5, 2] };
    const [wantedDx, wantedDw] = gradients({ x, w: holed, dy }, { strides: [1, 1], pad: "same", dilations: [1, 1] });
    const taps = tf.stridedSlice(wantedDw, [0, 0, 0, 0], [5, 4, 5, 2], [2, 3, 1, 1]);
    assert.ok(tf.max(tf.abs(tf.sub(dx, wantedDx))).dataSync()[0] < 1e-4);
    assert.ok(tf.max(tf.abs(tf.sub(dw, taps))).dataSync()[0] < 1e-4);
  });
});

test("depthwiseConv2d() of more than one chunk keeps NaN and Infinity to the pixels and channels that meet them", async () => {
  const random = seededRandom(74);
  const [x, w] = [draw(random, [2, 40, 41, 35]), draw(random, [3, 3, 35, 1])];
  [NaN, Infinity, -Infinity].forEach((value, i) => (x.values[35 * 41 * i + 10] = value));
  for (const strides of [1, 2])
    for (const pad of ["same", "valid"] as const)
      await againstCpu(
        `strides ${strides}, ${pad}`,
        () => tf.depthwiseConv2d(tensorOf(x) as tf.Tensor4D, tensorOf(w) as tf.Tensor4D, strides, pad),
        SUMS,
      );
});

test("what cpu refuses is refused in its words", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  await tf.setBackend("simd-2");
  const inputs = () => ({ x: tf.zeros([1, 5, 5, 2]), filter: tf.zeros([2, 2, 2, 1]) });
  const attempt = () =>
    tf.tidy(() => kernel("DepthwiseConv2dNative", inputs(), { strides: [2, 2], dilations: [2, 2], pad: "same" }));
  assert.throws(attempt, /Either strides or dilations must be 1/);
});

test("the gradients of a depthwise convolution agree with finite differences", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  await tf.setBackend("simd-2");
  const random = seededRandom(75);
  for (const [strides, filters] of [
    [1, 1],
    [2, 1],
    [2, 2],
  ]) {
    // prettier-ignore
    const [x, w] = [draw(random, [2, 6, 5, 3]), draw(random, [3, 3, 3, filters])];
    const loss = (images: tf.Tensor, weights: tf.Tensor) =>
      tf
        .depthwiseConv2d(images as tf.Tensor4D, weights as tf.Tensor4D, strides, "same")
        .square()
        .sum();
    const found = tf.tidy(() =>
      tf
        .grads(loss)([tensorOf(x), tensorOf(w)])
        .map((gradient) => gradient.dataSync()),
    );
    const step = 1e-2;
    for (const [which, moved] of [x, w].entries())
      for (const at of [0, 7, 20]) {
        const [up, down] = [step, -step].map((by) => {
          const { values, shape } = moved;
          const other = { values: values.map((value, i) => (i === at ? value + by : value)), shape };
          return tf.tidy(() => loss(...([x, w].map((of, i) => tensorOf(i === which ? other : of)) as [tf.Tensor, tf.Tensor])).dataSync()[0]); // prettier-ignore
        });
        const difference = (up - down) / (2 * step);
        const gap = Math.abs(difference - found[which][at]);
        assert.ok(gap < 0.02 * Math.abs(difference) + 0.2, `${strides} ${filters}: ${difference} ${found[which][at]}`);
      }
  }
});
