import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, seededRandom } from "../../../lib/random";
import { againstCpu, draw, tensorOf } from "./against";

const SUMS = { relative: 1e-5, absolute: 1e-5 };

test("unsortedSegmentSum() adds rows by segment, those of no segment left out", async () => {
  const random = seededRandom(81);
  for (const [shape, segments] of [
    [[5], 3],
    [[1, 1], 1],
    [[20, 3], 4],
    [[30, 2, 7], 9],
    [[7, 0], 2],
    [[0, 3], 2],
    [[300, 65], 50],
  ] as const) {
    const x = draw(random, [...shape]);
    const ids = Int32Array.from({ length: shape[0] }, () => integer(random, -1, segments + 1));
    const sum = () => tf.unsortedSegmentSum(tensorOf(x), tf.tensor1d(ids, "int32"), segments);
    await againstCpu(`[${shape}] to ${segments}`, sum, SUMS);
  }
});

test("unsortedSegmentSum() of whole numbers is as on cpu", async () => {
  await againstCpu("whole numbers", () => {
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2], "int32");
    return tf.unsortedSegmentSum(x, tf.tensor1d([1, 1], "int32"), 3);
  });
});

test("the gradient of gather() is that of cpu", async () => {
  const random = seededRandom(82);
  const [x, dy] = [draw(random, [11, 3, 6]), draw(random, [9, 3, 6])];
  const ids = Int32Array.from({ length: 9 }, () => integer(random, 0, 11));
  const pick = (from: tf.Tensor) => tf.gather(from, tf.tensor1d(ids, "int32"));
  await againstCpu("gather", () => tf.grad(pick)(tensorOf(x), tensorOf(dy)), SUMS);
});
