import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, normal, pick, seededRandom, type Random } from "../../../lib/random";
import { againstCpu } from "./against";

type Four = [number, number, number, number];

function drawPool(random: Random) {
  const side = () => [integer(random, 0, 2), integer(random, 0, 2)] as [number, number];
  const explicit: tf.backend_util.ExplicitPadding = [[0, 0], side(), side(), [0, 0]];
  return {
    shape: Array.from({ length: 4 }, (_, axis) => integer(random, axis === 1 || axis === 2 ? 4 : 1, 10)) as Four,
    filterSize: [integer(random, 1, 5), integer(random, 1, 5)] as [number, number],
    strides: [integer(random, 1, 4), integer(random, 1, 4)] as [number, number],
    pad: pick(random, ["same", "valid", explicit] as const),
  };
}

/** Numbers of which many are equal, so that the first of equals matters. */
function draw(random: Random, shape: number[]): Float32Array {
  return Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => Math.round(2 * normal(random)) / 2);
}

test("pooling and its gradients agree with cpu on random windows, strides and paddings, ties included", async () => {
  const random = seededRandom(31);
  for (let trial = 0; trial < 80; trial++) {
    const { shape, filterSize, strides, pad } = drawPool(random);
    const { outShape } = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
    const [x, dy] = [draw(random, shape), draw(random, outShape)];
    const attributes = { filterSize, strides, pad } as unknown as tf.NamedAttrMap;
    const run = (name: string, inputs: tf.NamedTensorMap) =>
      tf.engine().runKernel(name, inputs, attributes) as tf.Tensor;
    await againstCpu(
      `${trial}: [${shape}] by ${filterSize}, strides ${strides}, ${JSON.stringify(pad)}`,
      () => {
        const input = tf.tensor(x, shape);
        const gradient = tf.tensor(dy, outShape);
        return [
          run("MaxPool", { x: input }),
          run("AvgPool", { x: input }),
          run("MaxPoolGrad", { dy: gradient, input, output: tf.zeros(outShape) }),
          run("AvgPoolGrad", { dy: gradient, input }),
        ];
      },
      { relative: 1e-6, absolute: 1e-6 },
    );
  }
});

test("pooling passes over NaN as cpu does, takes Infinity, whole numbers and empty batches", async () => {
  const random = seededRandom(32);
  const x = draw(random, [2, 6, 6, 5]);
  [NaN, Infinity, -Infinity].forEach((value, i) => (x[7 * i + 3] = value));
  await againstCpu("not finite", () => tf.maxPool(tf.tensor4d(x, [2, 6, 6, 5]), 2, 2, "valid"));
  await againstCpu("only NaN", () => tf.maxPool(tf.fill([1, 2, 2, 3], NaN) as tf.Tensor4D, 2, 2, "valid"));
  await againstCpu("int32", () => tf.maxPool(tf.tensor4d([1, 5, 3, 2], [1, 2, 2, 1], "int32"), 2, 1, "valid"));
  await againstCpu("empty", () => tf.avgPool(tf.zeros([0, 4, 4, 2]) as tf.Tensor4D, 2, 2, "same"));
  await againstCpu("window of one", () => tf.maxPool(tf.tensor4d(x, [2, 6, 6, 5]), 1, 1, "valid"));
});
