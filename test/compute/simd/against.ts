import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { registerSimd } from "../../../lib/compute/simd/registerSimd";
import { SimdBackend } from "../../../lib/compute/simd/SimdBackend";
import { integer, normal, pick, type Random } from "../../../lib/random";
import { findNative } from "../../../lib/threads/nativeTasks";
import { makePool, type Pool, type PoolOptions } from "../../../lib/threads/workerPool";

const pools = new Map<string, Pool>();

/** The names the backend is registered under beside its own: on one thread, on two, without shared memory, each build. */
const SETTINGS: Record<string, PoolOptions> = {
  "simd-1": { threads: 1 },
  "simd-2": { threads: 2 },
  "simd-unshared": { shared: false, log: () => {} },
};

/** Where native code runs: what stands behind it, and its narrower vectors. */
const OTHERS: Record<string, PoolOptions> = {
  "simd-relaxed": { threads: 1, env: { ATELIER_SIMD: "relaxed" } },
  "simd-avx2": { threads: 1, env: { ATELIER_SIMD: "avx2" } },
};
const others = findNative("compute/simd").vectors && !process.env.ATELIER_SIMD ? OTHERS : {};

/**
 * Reads a number of a tensor of `cpu`: what TensorFlow.js's own method gives, without the iterator that it makes for each
 * number, which took an eighth of these tests.
 */
function numberAt(this: tf.TensorBuffer<tf.Rank>, ...places: number[]): unknown {
  const { shape, strides, values } = this;
  const last = Math.max(0, places.length - 1);
  let index = places[last] ?? 0;
  for (let axis = 0; axis < places.length; axis++)
    if (places[axis] < 0 || places[axis] >= shape[axis])
      throw new Error(`Requested out of range element at ${places}. Buffer shape=${shape}`);
  for (let axis = 0; axis < last; axis++) index += strides[axis] * places[axis];
  return values[index];
}

/** Registers the backend under its further names. */
export function registerAll(): void {
  if (pools.size > 0) return;
  registerSimd();
  Object.assign(tf.TensorBuffer.prototype, { get: numberAt });
  for (const [name, settings] of Object.entries({ ...SETTINGS, ...others })) {
    const pool = makePool("compute/simd", settings);
    pools.set(name, pool);
    tf.registerBackend(name, () => new SimdBackend(pool));
    for (const config of tf.getKernelsForBackend("simd")) tf.registerKernel({ ...config, backendName: name });
    pool.run("fill", 2, [pool.allocator.allocate(64), 1, 0]);
  }
  // No kernel of these has anything to set up; looking for one takes most of a change of backends.
  Object.assign(tf.engine(), { setupRegisteredKernels: () => {} });
}

/** How far a result may be from the `cpu` kernel's. */
export interface Tolerance {
  /** Of the number itself; default 1e-6. */
  relative?: number;
  /** Default 0. */
  absolute?: number;
}

/**
 * Asserts that a computation gives the same on one and on two threads, bit for bit, that this is what `cpu` gives, NaN,
 * shapes and types included, that the other builds give it too, and that it leaves no memory taken. Make the tensors within the computation.
 */
export async function againstCpu(
  message: string,
  compute: () => tf.Tensor | tf.Tensor[],
  tolerance: Tolerance = {},
): Promise<void> {
  registerAll();
  const [naive, one, two] = [await on("cpu", compute), await on("simd-1", compute), await on("simd-2", compute)];
  assert.deepEqual(two, one, `${message}: one and two threads differ`);
  for (const other of Object.keys(others)) near(`${message} on ${other}`, await on(other, compute), naive, tolerance);
  near(message, one, naive, tolerance);
}

/** Asserts that results are what `cpu` gave, NaN, shapes and types included. */
function near(message: string, results: Result[], naive: Result[], { relative = 1e-6, absolute = 0 }: Tolerance): void {
  results.forEach(({ shape, dtype, values }, i) => {
    const wanted = naive[i];
    assert.deepEqual({ shape, dtype }, { shape: wanted.shape, dtype: wanted.dtype }, message);
    const expected = wanted.values;
    for (let at = 0; at < values.length; at++) {
      const got = values[at];
      const want = expected[at];
      if (got === want || Math.abs(got - want) <= relative * Math.abs(want) + absolute) continue;
      if (!(Number.isNaN(got) && Number.isNaN(want)))
        assert.fail(`${message}: number ${at} of [${shape}] is ${got}, cpu has ${want}`);
    }
  });
}

interface Result {
  shape: number[];
  dtype: string;
  values: ArrayLike<number>;
}

async function on(backend: string, compute: () => tf.Tensor | tf.Tensor[]): Promise<Result[]> {
  await tf.setBackend(backend);
  const before = pools.get(backend)?.allocator.used();
  const results: Result[] = [];
  tf.tidy(() => {
    for (const tensor of [compute()].flat())
      results.push({ shape: tensor.shape, dtype: tensor.dtype, values: tensor.dataSync() });
  });
  assert.equal(pools.get(backend)?.allocator.used(), before, "memory is left taken");
  return results;
}

/** Runs a kernel by its name. */
export function kernel(name: string, inputs: tf.NamedTensorMap, attributes: object = {}): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}

/** Normal draws, some of them in the given share replaced by zeros, infinities and NaN. */
export function numbers(random: Random, count: number, { odd = 0 } = {}): Float32Array {
  const odds = [0, -0, 1, -1, Infinity, -Infinity, NaN, 1e-42, -1e-42, 3e38, -3e38];
  const drawn = new Float32Array(count);
  for (let at = 0; at < count; at++)
    drawn[at] = odd > 0 && random.uniform() < odd ? pick(random, odds) : 2 * normal(random);
  return drawn;
}

/** A tensor's numbers and shape, drawn before the computation; make the tensor with `tensorOf` within it. */
export interface Draw {
  values: Float32Array;
  shape: number[];
}

/** Draws a tensor. */
export function draw(random: Random, shape: number[], options: { odd?: number } = {}): Draw {
  return { values: numbers(random, tf.util.sizeFromShape(shape), options), shape };
}

/** The tensor that was drawn, on the backend now in use. */
export function tensorOf({ values, shape }: Draw): tf.Tensor {
  return tf.tensor(values, shape, "float32");
}

/** A shape of up to so many axes; once in a while an axis has no element. */
export function randomShape(random: Random, { rank = 4, most = 9, empty = 0.02 } = {}): number[] {
  return Array.from({ length: integer(random, 0, rank + 1) }, () =>
    random.uniform() < empty ? 0 : 1 + integer(random, 0, most),
  );
}
