import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { philox } from "../../../lib/compute/simd/philox";
import { kernel, registerAll } from "./against";

before(registerAll);

const BACKENDS = ["cpu", "simd-1", "simd-2", "simd-unshared"];

/** What Dropout makes of ones. */
async function drawn(backend: string, shape: number[], rate: number, key: number[]): Promise<Float32Array> {
  await tf.setBackend(backend);
  return tf.tidy(() => kernel("Dropout", { x: tf.ones(shape) }, { rate, key }).dataSync() as Float32Array);
}

test("Dropout draws the words of Philox4x32-10", async () => {
  // A number is dropped where its 16 bits are below rate x 2^16; the first counter is 0 0 0 0.
  const wanted = { "0,0": [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] }; // of Random123's known answers
  assert.deepEqual([...philox(0, [0, 0])], wanted["0,0"]);
  for (const [key, words] of Object.entries(wanted))
    for (const [word, value] of words.entries())
      for (const [half, bits] of [value & 0xffff, value >>> 16].entries()) {
        const keys = key.split(",").map(Number);
        const kept = async (least: number) => (await drawn("simd-1", [32], least / 2 ** 16, keys))[8 * word + 4 * half];
        assert.ok((await kept(bits)) !== 0, `word ${word}`);
        assert.equal(await kept(bits + 1), 0, `word ${word}`);
      }
});

test("Dropout drops its share, scales the rest, and does the same on cpu and on any number of threads", async () => {
  for (const [count, rate] of [
    [100_003, 0.5],
    [40_000, 0.1],
    [65_536, 0.93],
    [7, 0.4],
    [0, 0.2],
  ]) {
    // prettier-ignore
    const [one, ...others] = await Promise.all(BACKENDS.map((backend) => drawn(backend, [count], rate, [3, 9])));
    for (const other of others) assert.deepEqual(other, one, `${count} numbers`);
    const dropped = one.filter((value) => value === 0).length;
    assert.ok(
      one.every((value) => value === 0 || value === Math.fround(1 / (1 - rate))),
      `${count} numbers`,
    );
    const deviation = Math.sqrt(count * rate * (1 - rate));
    assert.ok(Math.abs(dropped - count * rate) <= 4 * deviation, `${dropped} of ${count} are dropped at ${rate}`);
  }
});

test("Dropout draws otherwise under another key, and its neighbours do not go together", async () => {
  const [a, b] = [await drawn("simd-2", [50_000], 0.5, [1, 0]), await drawn("simd-2", [50_000], 0.5, [1, 1])];
  const shareOf = (test: (i: number) => boolean) => a.filter((_, i) => test(i)).length / a.length;
  assert.ok(Math.abs(shareOf((i) => a[i] === b[i]) - 0.5) < 0.01);
  for (const step of [1, 4, 16, 64])
    assert.ok(Math.abs(shareOf((i) => a[i] === a[(i + step) % a.length]) - 0.5) < 0.01, `${step} apart`);
});

test("the gradient of Dropout goes where the numbers went, and can be differentiated", async () => {
  await tf.setBackend("simd-2");
  tf.tidy(() => {
    const f = (x: tf.Tensor) => kernel("Dropout", { x }, { rate: 0.3, key: [5, 6] });
    const [x, dy] = [tf.randomNormal([37]), tf.randomNormal([37])];
    const mask = f(tf.ones([37]));
    assert.deepEqual(tf.grad(f)(x, dy).dataSync(), tf.add(tf.mul(dy, mask), 0).dataSync()); // no -0
    const penalty = tf.grad((x) => tf.sum(tf.square(tf.grad((x) => tf.square(f(x)))(x))));
    const wanted = tf.mul(8, tf.mul(x, tf.pow(mask, 4))).dataSync();
    penalty(x).dataSync().forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-4)); // prettier-ignore
  });
});

test("the layer dropout() drops in training alone, anew in each step, and with a seed the same in each run", async () => {
  await tf.setBackend("simd-2");
  const x = tf.ones([10, 50]);
  const run = (layer: tf.layers.Layer) => (layer.apply(x, { training: true }) as tf.Tensor).dataSync();
  const make = (seed?: number) => tf.layers.dropout({ rate: 0.4, seed });
  const layer = make(7);
  const [first, second] = [run(layer), run(layer)];
  assert.notDeepEqual(first, second);
  const again = make(7);
  assert.deepEqual([run(again), run(again)], [first, second]);
  assert.notDeepEqual(run(make(8)), first);
  assert.notDeepEqual(run(make()), run(make()));
  assert.deepEqual((layer.apply(x) as tf.Tensor).dataSync(), x.dataSync());
});

test("the layer spatialDropout1d() drops whole channels", async () => {
  await tf.setBackend("simd-2");
  const x = tf.ones([4, 9, 20]);
  const layer = tf.layers.dropout({ rate: 0.5, noiseShape: [4, 1, 20] });
  const rows = tf.unstack(layer.apply(x, { training: true }) as tf.Tensor, 1).map((row) => row.dataSync());
  for (const row of rows) assert.deepEqual(row, rows[0]);
  assert.ok(rows[0].includes(0) && rows[0].includes(2));
});
