/** Elements of a chunk of a pass over memory: 64 KiB, so that a chunk stays in the cache nearest to a core. */
export const CHUNK: i32 = 16384;

/** Sets 32-bit elements. Parameters: to, count, bits of the value. */
export function fill(p: usize, chunk: i32): void {
  const start = chunk * CHUNK;
  const end = min(start + CHUNK, load<i32>(p, 4));
  const value = load<i32>(p, 8);
  for (let to = load<usize>(p) + (<usize>start << 2), i = start; i < end; i++, to += 4) store<i32>(to, value);
}
