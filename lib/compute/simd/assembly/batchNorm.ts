// Normalization with means and variances that are given, one for each place of a period.
import { CHUNK } from "./fill";
import { storeUpTo } from "./lanes";
import { madd } from "./madd";

/**
 * What a period needs, several times over: its means, its factors scale / sqrt(variance + epsilon), its offsets.
 * Parameters: mean, variance, scale or 0, offset or 0, to, period, length of each of the three, epsilon.
 */
export function batchNormTable(p: usize, _chunk: i32): void {
  const mean = load<usize>(p), variance = load<usize>(p, 4), scale = load<usize>(p, 8), offset = load<usize>(p, 12);
  const to = load<usize>(p, 16);
  const period = load<i32>(p, 20), length = load<usize>(p, 24) << 2;
  const epsilon = <f64>load<f32>(p, 28);
  for (let i = 0; i < period; i++) {
    const at = <usize>i << 2;
    const numerator = scale ? <f64>load<f32>(scale + at) : 1;
    const factor = <f32>(numerator / sqrt<f64>(<f64>load<f32>(variance + at) + epsilon));
    const shift: f32 = offset ? load<f32>(offset + at) : 0;
    for (let again = at; again < length; again += <usize>period << 2) {
      store<f32>(to + again, load<f32>(mean + at));
      store<f32>(to + length + again, factor);
      store<f32>(to + 2 * length + again, shift);
    }
  }
}

/** (x - mean) * factor + offset. Parameters: x, to, count, table, its length, a multiple of 4. */
export function batchNorm(p: usize, chunk: i32): void {
  const start = chunk * CHUNK;
  const table = load<usize>(p, 12), length = load<i32>(p, 16);
  const period = <usize>length << 2;
  let left = min(CHUNK, load<i32>(p, 8) - start);
  let x = load<usize>(p) + (<usize>start << 2);
  let to = load<usize>(p, 4) + (<usize>start << 2);
  let at = table + (<usize>(start % length) << 2);
  while (left > 0) {
    for (const end = table + period; at < end && left > 0; at += 16, x += 16, to += 16, left -= 4) {
      const result = madd(f32x4.sub(v128.load(x), v128.load(at)), v128.load(at + period), v128.load(at + 2 * period));
      storeUpTo(to, result, left);
    }
    at = table;
  }
}
