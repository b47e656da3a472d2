/** Elements of a chunk of a pass over memory: CHUNK of assembly/fill.ts. */
export const CHUNK = 16384;

/** Chunks of a pass over so many elements. */
export function chunksOf(count: number): number {
  return Math.ceil(count / CHUNK);
}
