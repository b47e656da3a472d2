import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, seededRandom } from "../../lib/random";
import { makeAllocator } from "../../lib/threads/allocator";

const PAGE = 65536;

function makeMemory(pages: number, most = 1000): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: pages, maximum: most, shared: true });
}

/** Mostly small sizes, now and then one of up to a megabyte. */
function drawSize(random: ReturnType<typeof seededRandom>): number {
  return integer(random, 0, 4) === 0 ? integer(random, 0, 1 << 20) : integer(random, 0, 5000);
}

test("allocate() gives blocks that never overlap, in lines of 64 bytes, whatever is freed between", () => {
  const random = seededRandom(1);
  const { allocate, free, used } = makeAllocator(makeMemory(1), 4096);
  const live = new Map<number, number>();
  for (let turn = 0; turn < 4000; turn++) {
    if (live.size > 60 || (live.size > 0 && integer(random, 0, 2) === 0)) {
      const address = [...live.keys()][integer(random, 0, live.size)];
      free(address);
      live.delete(address);
      continue;
    }
    const bytes = drawSize(random);
    const address = allocate(bytes);
    assert.equal(address % 64, 0);
    assert.ok(address >= 4096);
    for (const [other, size] of live) assert.ok(address + bytes <= other || other + size <= address, "overlap");
    live.set(address, bytes);
  }
  for (const address of live.keys()) free(address);
  assert.equal(used(), 0);
});

test("allocate() reuses what was freed: a thousand rounds take no more memory than the first few", () => {
  const memory = makeMemory(1);
  const { allocate, free } = makeAllocator(memory, 0);
  const round = () => {
    const random = seededRandom(2);
    const blocks = Array.from({ length: 50 }, () => allocate(drawSize(random)));
    blocks.forEach(free);
  };
  for (let i = 0; i < 5; i++) round();
  const { byteLength } = memory.buffer;
  for (let i = 0; i < 1000; i++) round();
  assert.equal(memory.buffer.byteLength, byteLength);
});

test("free() joins neighbours, so that a larger block fits where smaller ones were", () => {
  const memory = makeMemory(1, 200);
  const { allocate, free } = makeAllocator(memory, 0);
  const blocks = Array.from({ length: 8 }, () => allocate(10 * PAGE));
  const { byteLength } = memory.buffer;
  for (const i of [1, 5, 3, 7, 2, 6, 0, 4]) free(blocks[i]);
  assert.equal(allocate(80 * PAGE), blocks[0]);
  assert.equal(memory.buffer.byteLength, byteLength);
});

test("allocate() says what is in use and the cure when memory cannot grow, and goes on with less", () => {
  const { allocate, free } = makeAllocator(makeMemory(1, 32), 0);
  const block = allocate(1 << 20);
  assert.throws(() => allocate(1 << 21), {
    name: "RangeError",
    code: "ERR_KERNEL_MEMORY",
    message:
      "out of kernel memory: 1 MiB are in use and 3 MiB would be needed, more than this process gets; use smaller " +
      "batches, or dispose of tensors (tf.tidy, tensor.dispose)",
  });
  assert.ok(allocate(1000) > 0);
  free(block);
  assert.throws(() => free(block), /there is no block at \d+; was it freed before\?/);
});
