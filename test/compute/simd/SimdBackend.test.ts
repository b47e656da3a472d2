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
