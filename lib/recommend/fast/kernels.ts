import { makePool, type Pool } from "../../threads/workerPool";

/** Kernels in use: memory taken from them is given back all at once. */
export interface Kernels {
  readonly pool: Pool;
  /** Runs a task as the pool does; a pool in which one has failed is not lent again. */
  run(task: string, chunks: number, params: ArrayLike<number>): void;
  /** The address of so many bytes, of no defined content. */
  take(bytes: number): number;
  /** The address of a copy of these numbers. */
  place(values: Int32Array | Uint32Array | Float32Array | Float64Array | Uint8Array): number;
  /** 32-bit floats at an address. */
  floats(address: number, length: number): Float32Array;
  /** 32-bit integers at an address. */
  integers(address: number, length: number): Int32Array;
  /** Gives everything back. */
  close(): void;
}

/** Memory beyond this, in bytes, is not kept for the next training: 64 MiB. */
const KEPT_BYTES = 2 ** 26;

/** Pools by their number of threads: they start once, and share what they compiled. */
const pools = new Map<number, { pool: Pool; users: number }>();

/**
 * The recommender's compiled kernels on so many threads.
 *
 * @throws Error when they are not compiled; RangeError for a number of threads that cannot be
 */
export function borrowKernels(threads: number): Kernels {
  const entry = pools.get(threads) ?? { pool: makePool("recommend", { threads }), users: 0 };
  pools.set(threads, entry);
  entry.users++;
  const { allocator, memory } = entry.pool;
  const taken: number[] = [];
  const take = (bytes: number) => {
    const address = allocator.allocate(bytes);
    taken.push(address);
    return address;
  };
  const isLent = () => pools.get(threads) === entry;
  return {
    pool: entry.pool,
    run(task, chunks, params) {
      try {
        entry.pool.run(task, chunks, params);
      } catch (error) {
        if (isLent()) pools.delete(threads);
        throw error;
      }
    },
    take,
    place(values) {
      const address = take(values.byteLength);
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
      return address;
    },
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    integers: (address, length) => new Int32Array(memory.buffer, address, length),
    close() {
      for (const address of taken.splice(0)) allocator.free(address);
      entry.users--;
      if (entry.users > 0 || (isLent() && memory.buffer.byteLength <= KEPT_BYTES)) return;
      entry.pool.close();
      if (isLent()) pools.delete(threads);
    },
  };
}
