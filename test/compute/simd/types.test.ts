import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { againstCpu, draw, kernel, randomShape, tensorOf } from "./against";
import { integer, seededRandom } from "../../../lib/random";

const SHAPES = [[], [0], [1], [15], [16], [17], [40_001], [3, 5, 7]];
const TYPES = ["float32", "int32", "bool"] as const;

test("cast goes from each type to each, also beyond 32 bits, and what follows reads the new type", async () => {
  const random = seededRandom(3);
  for (const shape of SHAPES) {
    const x = draw(random, shape, { odd: 0.2 });
    x.values.forEach((value, i) => (x.values[i] = i % 3 === 0 ? value * 2 ** integer(random, 0, 70) : value));
    for (const from of TYPES)
      for (const to of TYPES)
        await againstCpu(`${from} to ${to} of [${shape}]`, () => {
          const cast = tf.cast(tf.cast(tensorOf(x), from), to);
          return [cast, tf.mul(tf.cast(cast, "float32"), 0.5)];
        });
  }
});

test("where() takes numbers of two tensors by truths", async () => {
  const random = seededRandom(4);
  for (const shape of [...SHAPES, ...Array.from({ length: 10 }, () => randomShape(random))]) {
    const [one, other] = [draw(random, shape, { odd: 0.1 }), draw(random, shape)];
    await againstCpu(`[${shape}]`, () => {
      const condition = tf.greater(tensorOf(other), 0.2);
      const [a, b] = [tensorOf(one), tensorOf(other)];
      return [
        tf.where(condition, a, b),
        tf.where(condition, tf.cast(tf.clipByValue(b, -9, 9), "int32"), tf.onesLike(tf.cast(b, "int32"))),
        tf.where(condition, tf.equal(b, b), tf.equal(a, b)),
      ];
    });
  }
});

test("where() with one truth for each row, or with one number, is as on cpu", async () => {
  await againstCpu("rows", () => [
    kernel("Select", {
      condition: tf.tensor1d([true, false]),
      t: tf.tensor2d([1, 2, 3, 4], [2, 2]),
      e: tf.tensor2d([5, 6, 7, 8], [2, 2]),
    }),
    tf.where(tf.tensor([true, false]), tf.tensor(2), tf.tensor([3, 4])),
  ]);
});

test("fill, zerosLike and onesLike fill tensors of any type and size", async () => {
  for (const shape of SHAPES)
    await againstCpu(`[${shape}]`, () => [
      tf.fill(shape, 2.7),
      tf.fill(shape, -0.1, "float32"),
      tf.fill(shape, 2.7, "int32"),
      tf.fill(shape, 1, "bool"),
      ...TYPES.flatMap((dtype) => {
        const x = tf.cast(tf.fill(shape, 3), dtype);
        return [tf.zerosLike(x), tf.onesLike(x)];
      }),
    ]);
});

test("logical kernels combine truths, spread ones too", async () => {
  const random = seededRandom(5);
  for (const shape of SHAPES) {
    const [one, other] = [draw(random, shape), draw(random, shape)];
    await againstCpu(`[${shape}]`, () => {
      const [a, b] = [tf.greater(tensorOf(one), 0), tf.greater(tensorOf(other), 0)];
      const truth = tf.scalar(true, "bool");
      return [tf.logicalAnd(a, b), tf.logicalOr(a, b), tf.logicalNot(a), tf.logicalXor(a, b), tf.logicalAnd(a, truth)];
    });
  }
});

test("addN adds in the order of the tensors, of whole numbers too", async () => {
  const random = seededRandom(6);
  for (const shape of SHAPES) {
    const draws = Array.from({ length: 5 }, () => draw(random, shape, { odd: 0.02 }));
    await againstCpu(`[${shape}]`, () => [
      tf.addN(draws.map(tensorOf)),
      tf.addN([tensorOf(draws[0])]),
      tf.addN([tf.onesLike(tf.cast(tensorOf(draws[0]), "int32")), tf.fill(shape, 3, "int32")]),
    ]);
  }
});
