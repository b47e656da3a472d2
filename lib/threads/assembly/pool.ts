// The threads' side of the worker pool: a job is a task (an entry of the function table), the address of its
// parameters and a number of chunks. Every thread takes the next chunk until none is left. Which thread works a chunk is
// chance, what a chunk writes is not: so results do not depend on the number of threads.
//
// The control block, in bytes from its address:
//    0  ticket    generation (16 bits), chunks (24), next chunk (24): one atomic addition takes a chunk of a known job
//    8  done      chunks worked
//   12  asleep    whether the caller sleeps until all is done
//   16  generation of the latest job; idle workers watch it
//   20  sleepers  workers that sleep
//   24  task      index into the function table
//   28  params    address of the parameters
//   32  stop      workers end when it is set
//   36  failed    set when a chunk has thrown
//   40  pages     of memory when the latest job was given out

const DONE = 8;
const ASLEEP = 12;
const GENERATION = 16;
const SLEEPERS = 20;
const TASK = 24;
const PARAMS = 28;
const STOP = 32;
const FAILED = 36;
const PAGES = 40;

const FIELD: i64 = 24;
const MASK: i64 = 0xffffff;

/** Looks at the counter before the caller sleeps: about a fifth of a millisecond. */
const SPINS: i32 = 100000;
/** Nanoseconds the caller sleeps at most before it looks after the workers. */
const PATIENCE: i64 = 200000000;

/** Where this thread keeps what it needs within a chunk: SCRATCH_BYTES that no other thread touches. */
export let scratch: usize = 0;
export const SCRATCH_BYTES: i32 = 1 << 19;

/** Gives this thread its scratch. */
export function useScratch(address: usize): void {
  scratch = address;
}

/** Gives out a job and works on it until no chunk is left; then `settle` tells when all are done. */
export function launch(control: usize, task: u32, params: usize, chunks: u32): void {
  store<u32>(control, task, TASK);
  store<usize>(control, params, PARAMS);
  store<u32>(control, memory.size(), PAGES);
  atomic.store<u32>(control, 0, DONE);
  const generation = load<u32>(control, GENERATION) + 1;
  atomic.store<i64>(control, (<i64>(generation & 0xffff) << (2 * FIELD)) | (<i64>chunks << FIELD));
  atomic.store<u32>(control, generation, GENERATION);
  if (atomic.load<u32>(control, SLEEPERS) > 0) atomic.notify(control + GENERATION, -1);
  takeChunks(control);
}

/** Waits for the last chunk: true when all are done, false when the workers have been silent for a while. */
export function settle(control: usize, chunks: u32): bool {
  for (let spin = 0; spin < SPINS; spin++) if (atomic.load<u32>(control, DONE) == chunks) return true;
  atomic.store<u32>(control, 1, ASLEEP);
  const done = atomic.load<u32>(control, DONE);
  if (done != chunks) atomic.wait<i32>(control + DONE, done, PATIENCE);
  atomic.store<u32>(control, 0, ASLEEP);
  return atomic.load<u32>(control, DONE) == chunks;
}

/**
 * A worker's life: a short watch for the next job, then sleep until there is one. Returns when workers are to end, or
 * when `takeChunks` must come again.
 */
export function work(control: usize, spins: i32): void {
  let seen = atomic.load<u32>(control, GENERATION);
  if (!takeChunks(control)) return;
  while (true) {
    let left = spins;
    while (atomic.load<u32>(control, GENERATION) == seen) {
      if (left-- > 0) continue;
      atomic.add<u32>(control, 1, SLEEPERS);
      atomic.wait<i32>(control + GENERATION, seen, -1);
      atomic.sub<u32>(control, 1, SLEEPERS);
      left = spins;
    }
    if (atomic.load<u32>(control, STOP)) return;
    seen = atomic.load<u32>(control, GENERATION);
    if (!takeChunks(control)) return;
  }
}

/** Counts a chunk as worked: by its thread, or, after a chunk has thrown, by whoever caught that. */
export function finishChunk(control: usize): void {
  atomic.add<u32>(control, 1, DONE);
  if (atomic.load<u32>(control, ASLEEP)) atomic.notify(control + DONE, -1);
}

/** Notes that the chunk a thread had taken has thrown. */
export function failChunk(control: usize): void {
  atomic.store<u32>(control, 1, FAILED);
  finishChunk(control);
}

/** The chunk this thread has taken and not begun; -1 for none. */
let held: i32 = -1;

/**
 * Works on the job in hand until no chunk is left. Returns false, with a chunk held, when memory has grown and this
 * thread has not heard of it: the engine tells a thread only on its way through JavaScript, and until then refuses to
 * fill or copy what is new. It must then return there and come again.
 */
export function takeChunks(control: usize): bool {
  while (true) {
    if (held < 0) {
      const ticket = atomic.add<i64>(control, 1);
      const chunk = <i32>(ticket & MASK);
      if (chunk >= <i32>((ticket >> FIELD) & MASK)) return true;
      held = chunk;
    }
    if (<u32>memory.size() < load<u32>(control, PAGES)) return false;
    const chunk = held;
    held = -1;
    call_indirect(load<u32>(control, TASK), load<usize>(control, PARAMS), chunk);
    finishChunk(control);
  }
}
