// How large numbers are: compared as the whole numbers that their bits are, so that NaN is above Infinity.

/** Numbers of a chunk: CHUNK of kernels/passes.ts. */
const CHUNK: i32 = 16384;

/** The bits of the largest magnitude of a chunk, to its place. Parameters: from, to, count. */
export function largestMagnitude(p: usize, chunk: i32): void {
  const end = <usize>min(load<i32>(p, 8), (chunk + 1) * CHUNK) << 2;
  const from = load<usize>(p);
  let at = <usize>(chunk * CHUNK) << 2;
  let most = i32x4.splat(0);
  const withoutSign = i32x4.splat(0x7fffffff);
  for (; at + 16 <= end; at += 16) most = i32x4.max_s(most, v128.and(v128.load(from + at), withoutSign));
  let largest = max(max(i32x4.extract_lane(most, 0), i32x4.extract_lane(most, 1)), max(i32x4.extract_lane(most, 2), i32x4.extract_lane(most, 3)));
  for (; at < end; at += 4) largest = max(largest, load<i32>(from + at) & 0x7fffffff);
  store<i32>(load<usize>(p, 4) + (<usize>chunk << 2), largest);
}
