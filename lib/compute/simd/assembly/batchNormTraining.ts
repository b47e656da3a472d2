// Batch normalization as it trains, over [rows, channels]: sums over shares of the rows, put together in their order,
// and one pass that writes. A share's mean is taken first and its distances from it are squared, while it is still in
// the cache: as exact as two passes over everything.
import { storeUpTo } from "./lanes";
import { madd } from "./madd";

/** Channels that are summed at once, in registers. */
const WIDE: i32 = 16;

/** Bytes of the two sums of a share for each channel, in float32. */
const PAIR: usize = 8;

/**
 * Of a share's rows, for each channel: the sum, and the sum of the squared distances from the share's mean. Parameters: x,
 * to [shares, 2, channels], rows, channels, rows of a share.
 */
export function batchMoments(p: usize, chunk: i32): void {
  const rows = load<i32>(p, 8), channels = load<i32>(p, 12), share = load<i32>(p, 16);
  const first = chunk * share, count = min(share, rows - first);
  const step = <usize>channels << 2;
  const x = load<usize>(p) + <usize>first * step;
  const to = load<usize>(p, 4) + <usize>chunk * <usize>channels * PAIR;
  let channel = 0;
  for (; channel + WIDE <= channels; channel += WIDE) momentsOf16(x + (<usize>channel << 2), step, count, to + (<usize>channel << 2)); // prettier-ignore
  for (; channel < channels; channel++) momentsOf1(x + (<usize>channel << 2), step, count, to + (<usize>channel << 2));
}

function momentsOf16(x: usize, step: usize, count: i32, to: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let at = x;
  for (let left = count; left > 0; left--, at += step) {
    s0 = f32x4.add(s0, v128.load(at));
    s1 = f32x4.add(s1, v128.load(at, 16));
    s2 = f32x4.add(s2, v128.load(at, 32));
    s3 = f32x4.add(s3, v128.load(at, 48));
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
  const share = f32x4.splat(1 / <f32>count);
  const m0 = f32x4.mul(s0, share), m1 = f32x4.mul(s1, share), m2 = f32x4.mul(s2, share), m3 = f32x4.mul(s3, share);
  s0 = f32x4.splat(0);
  s1 = s0;
  s2 = s0;
  s3 = s0;
  at = x;
  for (let left = count; left > 0; left--, at += step) {
    const d0 = f32x4.sub(v128.load(at), m0), d1 = f32x4.sub(v128.load(at, 16), m1);
    const d2 = f32x4.sub(v128.load(at, 32), m2), d3 = f32x4.sub(v128.load(at, 48), m3);
    s0 = madd(d0, d0, s0);
    s1 = madd(d1, d1, s1);
    s2 = madd(d2, d2, s2);
    s3 = madd(d3, d3, s3);
  }
  to += step;
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
}

function momentsOf1(x: usize, step: usize, count: i32, to: usize): void {
  let sum: f64 = 0;
  for (let left = count, at = x; left > 0; left--, at += step) sum += <f64>load<f32>(at);
  const mean = sum / <f64>count;
  let squares: f64 = 0;
  for (let left = count, at = x; left > 0; left--, at += step) {
    const distance = <f64>load<f32>(at) - mean;
    squares += distance * distance;
  }
  store<f32>(to, <f32>sum);
  store<f32>(to + step, <f32>squares);
}

/**
 * Puts the shares together: mean and variance of each channel (Chan, Golub and LeVeque, 1979). Parameters: sums, mean,
 * variance, rows, channels, rows of a share, shares.
 */
export function mergeMoments(p: usize, _chunk: i32): void {
  const rows = load<i32>(p, 12), channels = load<i32>(p, 16), share = load<i32>(p, 20), shares = load<i32>(p, 24);
  const step = <usize>channels << 2;
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2;
    let total: f64 = 0;
    for (let i = 0, from = load<usize>(p) + at; i < shares; i++, from += 2 * step) total += <f64>load<f32>(from);
    const mean = total / <f64>rows;
    let squares: f64 = 0;
    for (let i = 0, from = load<usize>(p) + at; i < shares; i++, from += 2 * step) {
      const count = <f64>min(share, rows - i * share);
      const distance = <f64>load<f32>(from) / count - mean;
      squares += <f64>load<f32>(from + step) + count * distance * distance;
    }
    store<f32>(load<usize>(p, 4) + at, <f32>mean);
    store<f32>(load<usize>(p, 8) + at, <f32>(squares / <f64>rows));
  }
}

/**
 * Of a share's rows, for each channel: the sum of dy, and of dy times the distance from the mean. Parameters: dy, x, mean,
 * to [shares, 2, channels], rows, channels, rows of a share.
 */
export function batchNormSums(p: usize, chunk: i32): void {
  const rows = load<i32>(p, 16), channels = load<i32>(p, 20), share = load<i32>(p, 24);
  const first = chunk * share, count = min(share, rows - first);
  const step = <usize>channels << 2;
  const dy = load<usize>(p) + <usize>first * step, x = load<usize>(p, 4) + <usize>first * step;
  const mean = load<usize>(p, 8);
  const to = load<usize>(p, 12) + <usize>chunk * <usize>channels * PAIR;
  let at: usize = 0;
  for (; at + 32 <= step; at += 32) sumsOf8(dy + at, x + at, mean + at, step, count, to + at);
  for (; at < step; at += 4) sumsOf1(dy + at, x + at, mean + at, step, count, to + at);
}

function sumsOf8(dy: usize, x: usize, mean: usize, step: usize, count: i32, to: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, q0 = s0, q1 = s0;
  const m0 = v128.load(mean), m1 = v128.load(mean, 16);
  for (; count > 0; count--, dy += step, x += step) {
    const d0 = v128.load(dy), d1 = v128.load(dy, 16);
    s0 = f32x4.add(s0, d0);
    s1 = f32x4.add(s1, d1);
    q0 = madd(d0, f32x4.sub(v128.load(x), m0), q0);
    q1 = madd(d1, f32x4.sub(v128.load(x, 16), m1), q1);
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to + step, q0);
  v128.store(to + step, q1, 16);
}

function sumsOf1(dy: usize, x: usize, mean: usize, step: usize, count: i32, to: usize): void {
  let sum: f64 = 0, product: f64 = 0;
  const m = load<f32>(mean);
  for (; count > 0; count--, dy += step, x += step) {
    sum += <f64>load<f32>(dy);
    product += <f64>load<f32>(dy) * <f64>(load<f32>(x) - m);
  }
  store<f32>(to, <f32>sum);
  store<f32>(to + step, <f32>product);
}

/**
 * Puts the shares together: the gradients of gamma and beta, and what the gradient of x takes for each channel, several
 * times over: its mean, and the factors of dy, of the distance from the mean, and of 1. Parameters: sums, mean, variance,
 * gamma or 0, gradient of gamma, gradient of beta, table, rows, channels, shares, length of each of the table's four,
 * epsilon.
 */
export function mergeBatchNormSums(p: usize, _chunk: i32): void {
  const gamma = load<usize>(p, 12), table = load<usize>(p, 24);
  const rows = <f64>load<i32>(p, 28);
  const channels = load<i32>(p, 32), shares = load<i32>(p, 36);
  const length = load<usize>(p, 40) << 2;
  const epsilon = <f64>load<f32>(p, 44);
  const step = <usize>channels << 2;
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2;
    let sum: f64 = 0, product: f64 = 0;
    for (let i = 0, from = load<usize>(p) + at; i < shares; i++, from += 2 * step) {
      sum += <f64>load<f32>(from);
      product += <f64>load<f32>(from + step);
    }
    const inverse = 1 / sqrt<f64>(<f64>load<f32>(load<usize>(p, 8) + at) + epsilon);
    const factor = (gamma ? <f64>load<f32>(gamma + at) : 1) * inverse;
    store<f32>(load<usize>(p, 16) + at, <f32>(product * inverse));
    store<f32>(load<usize>(p, 20) + at, <f32>sum);
    for (let again = table + at; again < table + length; again += step) {
      store<f32>(again, load<f32>(load<usize>(p, 4) + at));
      store<f32>(again + length, <f32>factor);
      store<f32>(again + 2 * length, <f32>((-factor * inverse * inverse * product) / rows));
      store<f32>(again + 3 * length, <f32>((-factor * sum) / rows));
    }
  }
}

/** The gradient of x. Parameters: dy, x, to, count, table, its length, a multiple of 4; a chunk is 16,384 numbers. */
export function batchNormGradient(p: usize, chunk: i32): void {
  const start = chunk << 14;
  const table = load<usize>(p, 16), length = load<i32>(p, 20);
  const period = <usize>length << 2;
  let left = min(1 << 14, load<i32>(p, 12) - start);
  const offset = <usize>start << 2;
  let dy = load<usize>(p) + offset, x = load<usize>(p, 4) + offset, to = load<usize>(p, 8) + offset;
  let at = table + (<usize>(start % length) << 2);
  while (left > 0) {
    for (const end = table + period; at < end && left > 0; at += 16, dy += 16, x += 16, to += 16, left -= 4) {
      const distance = f32x4.sub(v128.load(x), v128.load(at));
      const rest = madd(distance, v128.load(at + 2 * period), v128.load(at + 3 * period));
      const result = madd(v128.load(dy), v128.load(at + period), rest);
      storeUpTo(to, result, left);
    }
    at = table;
  }
}

/** Moves running means towards those of a batch, in place. Parameters: mean, of the batch, count, share of the way. */
export function moveTowards(p: usize, _chunk: i32): void {
  const to = load<usize>(p), from = load<usize>(p, 4);
  const share = load<f32>(p, 12);
  for (let at: usize = 0, end = <usize>load<i32>(p, 8) << 2; at < end; at += 4) {
    const value = load<f32>(to + at);
    store<f32>(to + at, value - (value - load<f32>(from + at)) * share);
  }
}
