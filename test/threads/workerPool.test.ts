import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { test } from "node:test";
import { createRequire } from "node:module";
import type { Worker } from "node:worker_threads";
import { projectRoot, typeScriptLoader } from "../../lib/files";
import { chooseBuild } from "../../lib/threads/kernelModule";
import { floatBits } from "../../lib/compute/simd/floatBits";
import { makePool, type Pool } from "../../lib/threads/workerPool";

/** The module object itself, which an import would copy. */
const workerThreads = createRequire(__filename)("node:worker_threads");

const silent = { log: assert.fail };

/** Numbers of a chunk of the task `fill`. */
const CHUNK = 16384;

/** Has the pool set `count` numbers to `value`, and reads them back. */
function fill({ allocator, memory, run }: Pool, count: number, value: number): Int32Array {
  const address = allocator.allocate(4 * count);
  run("fill", Math.ceil(count / CHUNK), [address, count, value]);
  const values = new Int32Array(memory.buffer, address, count).slice();
  allocator.free(address);
  return values;
}

function assertWorks(pool: Pool, value: number): void {
  const values = fill(pool, 40 * CHUNK + 5, value);
  assert.ok(
    values.every((found) => found === value),
    `all ${value}`,
  );
}

test("run() works every chunk, on any number of threads, job after job", () => {
  for (const threads of [1, 2, 5]) {
    const pool = makePool("compute/simd", { threads, ...silent });
    assert.equal(pool.threads, threads);
    for (let job = 1; job <= 50; job++) assertWorks(pool, job);
    pool.close();
  }
});

test("run() works more chunks than the threads can share, and refuses a number that cannot be", () => {
  const pool = makePool("compute/simd", { threads: 2, ...silent });
  const place = pool.allocator.allocate(64);
  const numbers = new Float32Array(pool.memory.buffer, place, 2);
  numbers.set([7, 0]);
  pool.run("moveTowards", 2 ** 24 + 1, [place + 4, place, 1, floatBits(1)]);
  assert.equal(numbers[1], 7);
  assertWorks(pool, 3);
  for (const chunks of [-2, NaN])
    assert.throws(() => pool.run("moveTowards", chunks, []), { name: "RangeError", message: /wanted 0 or more/ });
  assertWorks(pool, 4);
  pool.close();
});

test("run() throws what a kernel throws, on whichever thread, and works on afterwards", () => {
  for (const threads of [1, 3]) {
    const pool = makePool("compute/simd", { threads, ...silent });
    for (let round = 0; round < 20; round++) {
      assert.throws(() => pool.run("fill", 64, [-1 * CHUNK, 64 * CHUNK, 0]), /out of bounds|failed on a worker thread/);
      assertWorks(pool, round);
    }
    pool.close();
  }
});

test("run() can fill memory that has just grown, on whichever thread", () => {
  const pool = makePool("compute/simd", { threads: 3, ...silent });
  const dy = pool.allocator.allocate(65536);
  const sizes = [16, 8, 8, 16, 4, 4, 2, 2, 2, 2, 0, 0]; // 16 images of 8 x 8 with 16 channels: a page
  for (let growth = 0; growth < 4000; growth++) {
    const page = pool.memory.buffer.byteLength;
    pool.memory.grow(1);
    pool.run("avgPoolGradient", 16, [0, page, dy, ...sizes]);
  }
  pool.close();
});

test("two pools in a process do not disturb one another", () => {
  const [one, other] = [0, 1].map(() => makePool("compute/simd", { threads: 2, ...silent }));
  const kept = one.allocator.allocate(4000);
  one.run("fill", 1, [kept, 1000, 7]);
  for (let job = 0; job < 30; job++) assertWorks(job % 2 ? one : other, job);
  assert.ok(new Int32Array(one.memory.buffer, kept, 1000).every((value) => value === 7));
  one.close();
  assertWorks(other, 3);
  other.close();
});

test("a killed worker gives an error that names the cure, not a hang", async (context) => {
  const workers: Worker[] = [];
  class Watched extends workerThreads.Worker {
    constructor(...args: unknown[]) {
      super(...args);
      workers.push(this as unknown as Worker);
    }
  }
  const { Worker } = workerThreads;
  context.after(() => (workerThreads.Worker = Worker));
  workerThreads.Worker = Watched;
  const pool = makePool("compute/simd", { threads: 2, ...silent });
  assertWorks(pool, 1);
  assert.equal(workers.length, 1);
  await workers[0].terminate();
  assert.throws(() => assertWorks(pool, 2), {
    message:
      /^a worker thread of the kernels has ended \(exit code \d\); restart the process, or set ATELIER_THREADS=1$/,
  });
});

test("without shared memory kernels run on one thread, with a notice", () => {
  const lines: string[] = [];
  const pool = makePool("compute/simd", { threads: 2, shared: false, log: (line) => lines.push(line) });
  assert.deepEqual(lines, ["Memory cannot be shared between threads here: the kernels run on one thread."]);
  assert.deepEqual([pool.threads, pool.build], [1, "unshared"]);
  const view = new Int32Array(pool.memory.buffer, pool.allocator.allocate(400), 100);
  assertWorks(pool, 4);
  assert.equal(view.length, 100); // memory has not grown under it
});

test("the number of threads comes from the option, ATELIER_THREADS, or the cores, and must be one", () => {
  const threads = (options: object) => makePool("compute/simd", { ...silent, ...options }).threads;
  assert.equal(threads({ env: { ATELIER_THREADS: "3" } }), 3);
  assert.equal(threads({ threads: 2, env: { ATELIER_THREADS: "3" } }), 2);
  assert.ok(threads({ env: {} }) >= 1);
  assert.throws(() => threads({ env: { ATELIER_THREADS: "many" } }), {
    name: "RangeError",
    message: 'ATELIER_THREADS is "many"; it must be a whole number from 1 to 64',
  });
  assert.throws(() => threads({ threads: 0 }), { message: "threads is 0; it must be a whole number from 1 to 64" });
});

test("chooseBuild() takes what ATELIER_SIMD names, and refuses what there is not", () => {
  assert.equal(chooseBuild("compute/simd", { ATELIER_SIMD: "plain" }), "plain");
  assert.ok(["plain", "relaxed"].includes(chooseBuild("recommend", {})));
  assert.ok(["plain", "relaxed"].includes(chooseBuild("recommend", { ATELIER_SIMD: "" })));
  assert.throws(() => chooseBuild("recommend", { ATELIER_SIMD: "avx" }), {
    name: "RangeError",
    message: 'ATELIER_SIMD is "avx"; it can be avx512, avx2, relaxed, plain, or unset for the best',
  });
});

test("a program with idle workers ends by itself, also when it is in the middle of things", () => {
  const pool = JSON.stringify(path.join(projectRoot, "lib", "threads", "workerPool"));
  const program = `
    const { makePool } = require(${pool});
    const pool = makePool("compute/simd", { threads: 4 });
    const address = pool.allocator.allocate(4e6);
    for (let i = 0; i < 50; i++) pool.run("fill", 62, [address, 1e6, i]);
    console.log(new Int32Array(pool.memory.buffer, address, 1e6)[999999]);`;
  const options = { cwd: projectRoot, encoding: "utf8", timeout: 30_000 } as const;
  for (const end of ["", "process.exit(0)"]) {
    const { stdout, stderr, status } = spawnSync("node", ["-r", typeScriptLoader, "-e", program + end], options);
    assert.deepEqual([stdout, stderr, status], ["49\n", "", 0]);
  }
});
