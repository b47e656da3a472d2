/// <reference lib="dom" />
import { makeAllocator, type Allocator } from "./allocator";
import { bindNative, chooseBuild, countCores, environment, loadModule, sharesMemory, startWorker } from "./host";
import type { Build } from "./kernelModule";
import { isNative } from "./vectors";
import { makeMemory } from "./sharedMemory";

/** Bytes of a job's parameters. */
const PARAMS_BYTES = 4096;

/** Bytes of each thread's own scratch: SCRATCH_BYTES of assembly/pool.ts. */
const SCRATCH_BYTES = 1 << 19;

/** Times an idle worker looks for a job before it sleeps: about a fifth of a millisecond. */
const WORKER_SPINS = 100_000;

/** Chunks of a job that the threads can share: a ticket has 24 bits to count them, and every thread asks for one too many. */
const MOST_CHUNKS = 1 << 23;

/** Seconds without a finished chunk, each of which takes milliseconds, after which a job is given up. */
const PATIENCE = 10;

/** Fields of the control block, in 32-bit words: see assembly/pool.ts. */
const DONE = 2;
const GENERATION = 4;
const STOP = 8;
const FAILED = 9;

/** How a pool is made. */
export interface PoolOptions {
  /** Threads that work, the caller's among them; default `ATELIER_THREADS`, or else one for each core. */
  threads?: number;
  /** Whether memory is shared; without it there is one thread. Default true. */
  shared?: boolean;
  env?: Record<string, string | undefined>;
  /** Called with a line about what is missing. */
  log?: (line: string) => void;
}

/** Kernels in one memory, and the threads that run them. */
export interface Pool {
  /** Runs a task: each of its chunks once, on any thread; returns when all are done. */
  run(task: string, chunks: number, params: ArrayLike<number>): void;
  allocator: Allocator;
  memory: WebAssembly.Memory;
  threads: number;
  build: Build;
  /** Lets the workers end. */
  close(): void;
}

interface PoolExports {
  launch(control: number, task: number, params: number, chunks: number): void;
  takeChunks(control: number): number;
  settle(control: number, chunks: number): number;
  failChunk(control: number): void;
  useScratch(address: number): void;
  [task: string]: (...args: number[]) => number | void;
}

/**
 * Makes a pool for a room's kernels (see `loadModule`). The caller's thread works too; workers start with the first job
 * of more than one chunk, watch for the next job for a moment and then sleep; they never keep the process alive.
 *
 * @throws RangeError when `threads` or `ATELIER_THREADS` is not a whole number from 1 to 64
 */
export function makePool(room: string, options: PoolOptions = {}): Pool {
  const { env = environment(), log = console.warn } = options;
  const asked = countThreads(options.threads, env);
  const { memory, shared } = makeMemory({ shared: (options.shared ?? true) && sharesMemory() });
  if (!shared && asked > 1) log("Memory cannot be shared between threads here: the kernels run on one thread.");
  const threads = shared ? asked : 1;
  const build = shared ? chooseBuild(room, env) : "unshared";
  const module = loadModule(room, build);
  const native = isNative(build) ? bindNative(room, memory, build) : {};
  const { exports, tasks } = instantiate(module, { env: { memory }, native });

  const allocator = makeAllocator(memory, PARAMS_BYTES);
  const control = allocator.allocate(64);
  const params = allocator.allocate(PARAMS_BYTES);
  const controlWords = new Int32Array(memory.buffer, control, 16).fill(0);
  exports.useScratch(allocator.allocate(SCRATCH_BYTES));
  const paramWords = new Int32Array(memory.buffer, params, PARAMS_BYTES / 4);

  let isStarted = false;
  let lost: Error | null = null;

  function run(task: string, chunks: number, values: ArrayLike<number>): void {
    if (!(chunks >= 0)) throw new RangeError(`the kernel ${task} in ${chunks} chunks: wanted 0 or more`);
    for (let i = 0; i < values.length; i++) paramWords[i] = values[i];
    if (chunks === 1 || threads === 1 || chunks > MOST_CHUNKS) {
      const kernel = exports[task];
      for (let chunk = 0; chunk < chunks; chunk++) kernel(params, chunk);
      return;
    }
    if (lost) throw lost;
    if (!isStarted) startWorkers();
    const error = work(() => exports.launch(control, tasks.get(task)!, params, chunks));
    if (!exports.settle(control, chunks)) waitLonger(task, chunks);
    const failed = Atomics.exchange(controlWords, FAILED, 0);
    if (failed) throw error ?? new Error(`the kernel ${task} failed on a worker thread`);
  }

  /** Works until no chunk is left, also when some throw; gives the last error. */
  function work(begin: () => void): unknown {
    let thrown: unknown;
    for (let next = begin; ; next = () => exports.takeChunks(control)) {
      try {
        next();
        return thrown;
      } catch (error) {
        thrown = error;
        exports.failChunk(control);
      }
    }
  }

  /**
   * As long as chunks are finished, however slowly, there is hope. A wait counts for a second at most: where it was longer
   * the whole machine stood still, and its threads have had no time either.
   */
  function waitLonger(task: string, chunks: number): void {
    let done = -1;
    let waited = 0;
    let before = performance.now();
    while (!exports.settle(control, chunks)) {
      const now = performance.now();
      waited += Math.min(now - before, 1000);
      before = now;
      if (Atomics.load(controlWords, DONE) !== done) [done, waited] = [Atomics.load(controlWords, DONE), 0];
      if (waited < PATIENCE * 1000) continue;
      const state = `${done} of ${chunks} chunks are done`;
      lost = new Error(
        `the kernel ${task} has made no progress for ${PATIENCE} s, ${state}: a thread has ended; restart the process`,
      );
      throw lost;
    }
  }

  function startWorkers(): void {
    isStarted = true;
    for (let i = 1; i < threads; i++) {
      const scratch = allocator.allocate(SCRATCH_BYTES);
      startWorker({ room, build, module, memory, control, scratch, spins: WORKER_SPINS }, (why) => {
        if (controlWords[STOP] === 0) lost ??= lostThread(why);
      });
    }
  }

  function close(): void {
    Atomics.store(controlWords, STOP, 1);
    Atomics.add(controlWords, GENERATION, 1);
    Atomics.notify(controlWords, GENERATION);
    lost ??= new Error("the worker pool was closed; make a new one");
  }

  return { run, allocator, memory, threads, build, close };
}

function lostThread(why: string): Error {
  return new Error(`a worker thread of the kernels has ended (${why}); restart the process, or set ATELIER_THREADS=1`);
}

/** An instance whose functions stand in the table in the order of their names' export, in every thread the same. */
function instantiate(module: WebAssembly.Module, { env, native }: WebAssembly.Imports) {
  const table = new WebAssembly.Table({ initial: 1, element: "anyfunc" });
  const imports = { env: { ...env, table }, native };
  const exports = new WebAssembly.Instance(module, imports).exports as unknown as PoolExports;
  const tasks = new Map<string, number>();
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value !== "function") continue;
    tasks.set(name, table.length - 1);
    table.set(table.length - 1, value);
    table.grow(1);
  }
  return { exports, tasks };
}

function countThreads(threads: number | undefined, env: Record<string, string | undefined>): number {
  const asked = threads ?? (env.ATELIER_THREADS ? Number(env.ATELIER_THREADS) : undefined);
  if (asked === undefined) return Math.min(countCores(), 64);
  if (Number.isInteger(asked) && asked >= 1 && asked <= 64) return asked;
  const source = threads === undefined ? `ATELIER_THREADS is "${env.ATELIER_THREADS}"` : `threads is ${threads}`;
  throw new RangeError(`${source}; it must be a whole number from 1 to 64`);
}
