import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom } from "../../../lib/random";
import { againstCpu, draw, registerAll, tensorOf } from "./against";

test("topk() finds the largest as cpu does, the first of equal ones, of any rank", async () => {
  const random = seededRandom(121);
  for (let trial = 0; trial < 80; trial++) {
    const columns = pick(random, [1, 2, 3, 7, 16, 130, 700]);
    const outer = Array.from({ length: integer(random, 0, 3) }, () => integer(random, trial % 20 === 0 ? 0 : 1, 9));
    const x = draw(random, [...outer, columns]);
    if (trial % 2 === 0) x.values.forEach((value, i) => (x.values[i] = Math.round(value)));
    const k = integer(random, 1, Math.min(columns, 140) + 1);
    await againstCpu(
      `${trial}: ${k} of [${x.shape}]`,
      () => {
        const { values, indices } = tf.topk(tensorOf(x), k);
        return [values, indices];
      },
      { relative: 0 },
    );
  }
});

test("topk() of many rows, of rising and of falling numbers", async () => {
  const random = seededRandom(122);
  const rising = { shape: [3, 5000], values: Float32Array.from({ length: 15_000 }, (_, i) => i % 5000) };
  const falling = { shape: [3, 5000], values: rising.values.map((value) => -value) };
  for (const x of [draw(random, [4000, 20]), rising, falling])
    await againstCpu(`[${x.shape}]`, () => Object.values(tf.topk(tensorOf(x), 11)), { relative: 0 });
});

test("topk() keeps infinities in their order and has NaN below all others", async () => {
  registerAll();
  await tf.setBackend("simd-2");
  const x = [NaN, 1, Infinity, NaN, -Infinity, Infinity, -0, 0, 2];
  tf.tidy(() => {
    const { values, indices } = tf.topk(tf.tensor1d(x), 9);
    assert.deepEqual([...values.dataSync()], [Infinity, Infinity, 2, 1, -0, 0, -Infinity, NaN, NaN]);
    assert.deepEqual([...indices.dataSync()], [2, 5, 8, 1, 6, 7, 4, 0, 3]);
    assert.deepEqual([...tf.topk(tf.tensor1d(x), 2).indices.dataSync()], [2, 5]);
    assert.deepEqual([...tf.topk(tf.tensor1d([NaN, NaN, 3, NaN]), 2).indices.dataSync()], [2, 0]);
  });
});
