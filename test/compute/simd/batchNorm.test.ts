import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom } from "../../../lib/random";
import { againstCpu, draw, kernel, randomShape, tensorOf, type Draw } from "./against";

/** Products of float32 against cpu's of float64. */
const CLOSE = { relative: 2e-6, absolute: 4e-6 };

function positive({ values, shape }: Draw): Draw {
  return { values: values.map(Math.abs), shape };
}

test("batchNorm() agrees with cpu on random shapes, means of one axis or of many, with and without scale and offset", async () => {
  const random = seededRandom(61);
  for (let trial = 0; trial < 60; trial++) {
    const shape = [...randomShape(random, { rank: 3, empty: 0.02 }), integer(random, 1, trial % 5 === 0 ? 300 : 20)];
    const inner = integer(random, 0, 4) > 0 ? shape.slice(-1) : shape.slice(integer(random, 0, shape.length));
    const varianceEpsilon = pick(random, [undefined, 1e-3, 0.1]);
    const [scaled, moved] = [random.uniform() < 0.6, random.uniform() < 0.6];
    const x = draw(random, shape);
    const [mean, variance, scale, offset] = [0, 1, 2, 3].map(() => draw(random, inner));
    await againstCpu(
      `${trial}: [${shape}] by [${inner}], ${varianceEpsilon}, ${scaled} ${moved}`,
      () => {
        const inputs = { x: tensorOf(x), mean: tensorOf(mean), variance: tensorOf(positive(variance)) };
        const more = { ...(scaled && { scale: tensorOf(scale) }), ...(moved && { offset: tensorOf(offset) }) };
        return kernel("FusedBatchNorm", { ...inputs, ...more }, { varianceEpsilon });
      },
      CLOSE,
    );
  }
});

test("batchNorm() of more than one chunk, and of NaN and Infinity, is as on cpu", async () => {
  const random = seededRandom(62);
  const x = draw(random, [3, 40, 41, 9]);
  [NaN, Infinity, -Infinity, 0].forEach((value, i) => (x.values[11 * i + 3] = value));
  const [mean, variance, scale, offset] = [0, 1, 2, 3].map(() => draw(random, [9], { odd: 0.05 }));
  [mean, scale, offset].forEach(({ values }) => values.forEach((value, i) => (values[i] = Math.abs(value) > 9 ? Infinity : value))); // prettier-ignore
  variance.values.set([0, -1, NaN, Infinity]);
  const inputs = () => [x, mean, variance, offset, scale].map(tensorOf) as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D]; // prettier-ignore
  for (const epsilon of [0, 1e-3])
    await againstCpu(`epsilon ${epsilon}`, () => tf.batchNorm(...inputs(), epsilon), CLOSE);
});

test("batchNorm() with parameters of several sizes is as on cpu", async () => {
  await againstCpu("one scale for two means", () =>
    kernel(
      "FusedBatchNorm",
      { x: tf.tensor2d([1, 2, 3, 4], [2, 2]), mean: tf.tensor1d([1, 2]), variance: tf.tensor1d([1, 3]), scale: tf.tensor1d([5]) },
      { varianceEpsilon: 0.1 },
    ),
  ); // prettier-ignore
});

test("the gradients of batchNorm(), first and second, are those of cpu", async () => {
  const random = seededRandom(64);
  for (const inner of [[5], [8], [1], [3, 4, 5, 2]]) {
    const shape = [3, 4, 5, inner.at(-1)!];
    const [x, dy] = [draw(random, shape), draw(random, shape)];
    const [mean, variance, offset, scale] = [0, 1, 2, 3].map(() => draw(random, inner));
    const inputs = () => [x, mean, positive(variance), offset, scale].map(tensorOf);
    const normalize = (...[images, ...given]: tf.Tensor[]) =>
      tf.batchNorm(images, ...(given as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]), 0.1);
    const first = (given: tf.Tensor[]) => tf.grads(normalize)(given, tensorOf(dy));
    const second = ([images, ...rest]: tf.Tensor[]) =>
      tf.grad((moved: tf.Tensor) => tf.square(first([moved, ...rest])[4]).sum())(images);
    await againstCpu(`[${inner}]`, () => first(inputs()), { relative: 2e-5, absolute: 1e-4 });
    await againstCpu(`second, [${inner}]`, () => second(inputs()), { relative: 1e-4, absolute: 1e-3 });
  }
});

test("a net with batch normalization trains on simd as on cpu", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  const losses: number[][] = [];
  for (const backend of ["cpu", "simd-2"]) {
    await tf.setBackend(backend);
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [6, 6, 2], filters: 4, kernelSize: 3, kernelInitializer: tf.initializers.glorotNormal({ seed: 3 }) }),
        tf.layers.batchNormalization(),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }) }),
      ],
    }); // prettier-ignore
    model.compile({ optimizer: tf.train.sgd(0.05), loss: "meanSquaredError" });
    const random = seededRandom(63);
    const [x, y] = [tensorOf(draw(random, [16, 6, 6, 2])), tensorOf(draw(random, [16, 1]))];
    const { history } = await model.fit(x, y, { batchSize: 8, epochs: 4, shuffle: false });
    const [predicted] = (model.predict(x) as tf.Tensor).dataSync();
    losses.push([...(history.loss as number[]), predicted]);
    tf.dispose([x, y]);
    model.dispose();
  }
  losses[1].forEach((loss, i) => assert.ok(Math.abs(loss - losses[0][i]) < 1e-4, `${losses}`));
});
