import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { SimdBackend } from "../../../lib/compute/simd/SimdBackend";
import { registerSimd, simdPool } from "../../../lib/compute/simd/registerSimd";

test("a tensor may be disposed of after its backend was", async () => {
  registerSimd();
  tf.registerBackend("simd to go", () => new SimdBackend(simdPool()));
  await tf.setBackend("simd to go");
  const before = simdPool().allocator.used();
  const tensor = tf.tensor1d([1, 2, 3]);
  tf.removeBackend("simd to go");
  assert.equal(simdPool().allocator.used(), before);
  tensor.dispose();
  assert.equal(simdPool().allocator.used(), before);
});

test("a kernel that memory does not suffice for leaves none taken, and the next goes on", async () => {
  registerSimd();
  await tf.setBackend("simd");
  const [a, b] = [tf.ones<tf.Rank.R2>([1024, 1024]), tf.ones<tf.Rank.R2>([8, 1024])];
  const { allocate, free, used } = simdPool().allocator;
  const fillers: number[] = [];
  for (let size = 2 ** 31; size >= 2 ** 20; size /= 2)
    for (let address = tryTo(allocate, size); address; address = tryTo(allocate, size)) fillers.push(address);
  const before = used();
  // there is room for the product, but not for what it is made with
  assert.throws(() => tf.matMul(a, b, true, true), { name: "RangeError", code: "ERR_KERNEL_MEMORY" });
  assert.throws(() => tf.split(tf.ones([1100, 512]), 2), { name: "RangeError", code: "ERR_KERNEL_MEMORY" });
  assert.equal(used(), before);
  fillers.forEach(free);
  assert.equal(tf.matMul(a, b, true, true).sum().dataSync()[0], 1024 * 1024 * 8);
});

function tryTo(allocate: (bytes: number) => number, bytes: number): number {
  try {
    return allocate(bytes);
  } catch {
    return 0;
  }
}
