// Sums of rows by the segment each belongs to: the gradient of picking rows, as embeddings do.
import { storeUpTo } from "./lanes";

/**
 * The rows of each segment added in their order; rows of no segment are left out. Parameters: rows, their segments, to,
 * number of rows, columns, segments, segments of a chunk.
 */
export function segmentSum(p: usize, chunk: i32): void {
  sumOf(p, chunk, false);
}
/** The same of whole numbers. */
export function segmentSumOfInts(p: usize, chunk: i32): void {
  sumOf(p, chunk, true);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function sumOf(p: usize, chunk: i32, whole: bool): void {
  const ids = load<usize>(p, 4), rows = load<i32>(p, 12), columns = load<i32>(p, 16), share = load<i32>(p, 24);
  const first = chunk * share;
  const count = min(share, load<i32>(p, 20) - first);
  const bytes = <usize>columns << 2;
  const sums = load<usize>(p, 8) + <usize>first * bytes;
  memory.fill(sums, 0, <usize>count * bytes);
  let from = load<usize>(p);
  for (let row = 0; row < rows; row++, from += bytes) {
    const segment = load<i32>(ids + (<usize>row << 2)) - first;
    if (<u32>segment >= <u32>count) continue;
    let x = from, to = sums + <usize>segment * bytes;
    for (let left = columns; left > 0; left -= 4, x += 16, to += 16) {
      const before = v128.load(to), number = v128.load(x);
      const sum = whole ? i32x4.add(before, number) : f32x4.add(before, number);
      storeUpTo(to, sum, left);
    }
  }
}
