/** Elements of a chunk of a pass over memory: CHUNK of assembly/fill.ts. */
export const CHUNK = 16384;

/** Chunks of a pass over so many elements. */
export function chunksOf(count: number): number {
  return Math.ceil(count / CHUNK);
}

/** Parts that sums over images are cut in: a fixed number, so that they do not depend on the threads. */
export const PARTS = 8;

/** Images of each part of a sum over `count` images, in `most` parts or fewer, and how many parts that makes. */
export function dealOut(count: number, most = PARTS): { share: number; parts: number } {
  const share = Math.ceil(count / Math.max(1, Math.min(PARTS, most)));
  return { share, parts: Math.ceil(count / share) };
}
