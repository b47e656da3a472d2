import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, seededRandom, type Random } from "../../../lib/random";
import { againstCpu, draw, registerAll, tensorOf } from "./against";

/** Slices of a tensor that rows of indices pick. */
function drawIndices(random: Random, { most = 6 } = {}) {
  const shape = Array.from({ length: integer(random, 1, 5) }, () => integer(random, 1, most));
  const rank = integer(random, 1, shape.length + 1);
  const outer = Array.from({ length: integer(random, 1, 3) }, () => integer(random, 0, 7));
  const count = tf.util.sizeFromShape(outer);
  const values = Int32Array.from({ length: count * rank }, (_, i) => integer(random, 0, shape[i % rank]));
  return { shape, rank, outer, values, slice: shape.slice(rank) };
}

const indicesOf = (values: Int32Array, shape: number[]) => tf.tensor(values, shape, "int32");

test("gatherND() picks slices as cpu does, of any rank and type", async () => {
  const random = seededRandom(101);
  for (let trial = 0; trial < 80; trial++) {
    const { shape, rank, outer, values } = drawIndices(random);
    const x = draw(random, shape, { odd: 0.1 });
    const whole = { shape, values: x.values.map((value) => Math.sign(value) || 0) };
    await againstCpu(
      `${trial}: [${shape}] by [${[...outer, rank]}]`,
      () =>
        [tensorOf(x), tf.cast(tensorOf(whole), "int32"), tf.cast(tensorOf(whole), "bool")].map((tensor) =>
          tf.gatherND(tensor, indicesOf(values, [...outer, rank])),
        ),
      { relative: 0 },
    );
  }
});

test("scatterND() adds up what goes to one place as cpu does", async () => {
  const random = seededRandom(102);
  for (let trial = 0; trial < 80; trial++) {
    const { shape, rank, outer, values, slice } = drawIndices(random);
    const updates = draw(random, [...outer, ...slice], { odd: trial % 2 === 0 ? 0.02 : 0 });
    const whole = { shape: updates.shape, values: updates.values.map((value) => Math.trunc(value) || 0) };
    const isWhole = whole.values.every((value) => Math.abs(value) < 1e6);
    await againstCpu(
      `${trial}: [${outer}] of [${slice}] to [${shape}]`,
      () =>
        [tensorOf(updates), ...(isWhole ? [tf.cast(tensorOf(whole), "int32")] : [])].map((tensor) =>
          tf.scatterND(indicesOf(values, [...outer, rank]), tensor, shape),
        ),
      { relative: 0 },
    );
  }
});

test("both of more than one chunk, and a list of indices to scatter by", async () => {
  const random = seededRandom(103);
  const rows = 40_000;
  const values = Int32Array.from({ length: 2 * rows }, (_, i) => integer(random, 0, i % 2 === 0 ? 300 : 70));
  const [x, updates] = [draw(random, [300, 70, 3]), draw(random, [rows, 3])];
  await againstCpu(
    "large",
    () => [
      tf.gatherND(tensorOf(x), indicesOf(values, [rows, 2])),
      tf.scatterND(indicesOf(values, [rows, 2]), tensorOf(updates), [300, 70, 3]),
      tf.scatterND(indicesOf(values.subarray(0, 50), [50]), tf.ones([50]), [300]),
    ],
    { relative: 0 },
  );
});

test("an index that is out of range is refused in the words of the cpu kernels, and leaves nothing behind", async () => {
  registerAll();
  const attempts = [
    () => tf.gatherND(tf.zeros([3, 2]), tf.tensor2d([[0, 1], [3, 0]], [2, 2], "int32")), // prettier-ignore
    () => tf.gatherND(tf.zeros([3, 2]), tf.tensor2d([[-1]], [1, 1], "int32")),
    () => tf.gatherND(tf.zeros([0, 2]), tf.tensor2d([[0]], [1, 1], "int32")),
    () => tf.gatherND(tf.zeros([3]), tf.tensor2d([[0, 0]], [1, 2], "int32")),
    () => tf.scatterND(tf.tensor2d([[4], [1]], [2, 1], "int32"), tf.ones([2]), [4]),
    () => tf.scatterND(tf.tensor2d([[2_000_000_000, 2_000_000_000]], [1, 2], "int32"), tf.ones([1]), [4, 5]),
  ];
  const messages: string[][] = [[], []];
  for (const [i, backend] of ["cpu", "simd-2"].entries()) {
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    for (const attempt of attempts)
      assert.throws(
        () => tf.tidy(attempt),
        ({ message }: Error) => messages[i].push(message) > 0,
      );
    assert.equal(tf.memory().numTensors, before);
  }
  assert.deepEqual(messages[1], messages[0]);
});
