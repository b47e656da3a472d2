import assert from "node:assert/strict";
import { test } from "node:test";
import { borrowKernels } from "../../../lib/recommend/fast/kernels";

test("borrowKernels() lends the same pool again, and takes back all that was taken", () => {
  const first = borrowKernels(1);
  const used = first.pool.allocator.used();
  const address = first.place(Float32Array.of(1, 2, 3));
  assert.deepEqual([...first.floats(address, 3)], [1, 2, 3]);
  assert.ok(first.pool.allocator.used() > used);
  first.close();
  assert.equal(first.pool.allocator.used(), used);
  const second = borrowKernels(1);
  assert.equal(second.pool, first.pool);
  second.close();
});

test("borrowKernels() does not lend a pool again in which a task has failed", () => {
  const [first, beside] = [borrowKernels(1), borrowKernels(1)];
  assert.throws(() => first.run("nothing", 1, []), TypeError);
  const second = borrowKernels(1);
  assert.notEqual(second.pool, first.pool);
  for (const kernels of [first, beside, second]) kernels.close();
  const third = borrowKernels(1);
  assert.equal(third.pool, second.pool);
  third.close();
});

test("borrowKernels() does not keep much memory for later", () => {
  const first = borrowKernels(1);
  first.take(2 ** 26);
  first.close();
  const second = borrowKernels(1);
  assert.notEqual(second.pool, first.pool);
  assert.ok(second.pool.memory.buffer.byteLength < 2 ** 24);
  second.close();
});
