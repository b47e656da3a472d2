// Rows of a depthwise convolution whose pixels share what they load: taps that lie side by side in the image, as they
// are or, for a gradient, the other way round. A row of up to three rows of three taps is walked along with all nine in
// registers; every other row goes in tiles, a row of taps in registers at a time.
import { scratch } from "../../../threads/assembly/pool";
import { storeUpTo } from "./lanes";
import { madd } from "./madd";
import { LINEAR, RELU6 } from "./tiles";

/** Where the pixels of a row, their taps and their results lie. */
@unmanaged
export class Row {
  /** The row of the image that meets the first row of taps, and bytes to that which meets the next. */
  x: usize;
  runX: i32;
  /** The first tap of that row, bytes to its next tap, and to the next row of taps. */
  filter: usize;
  stepFilter: i32;
  runFilter: i32;
  /** Rows of taps. */
  rows: i32;
  /** The first pixel, and bytes to the next. */
  to: usize;
  stepTo: i32;
  pixels: i32;
  /** The column where the first pixel's first tap lies, and columns of the image. */
  at: i32;
  width: i32;
  channels: i32;
  /** Address, or 0. */
  bias: usize;
  activation: i32;
}

/** Where this thread keeps a Row; the start of its scratch is the caller's. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function rowPlace(): Row {
  return changetype<Row>(scratch + 256);
}

/** Adds what three taps give. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function three(sum: v128, x0: v128, w0: v128, x1: v128, w1: v128, x2: v128, w2: v128): v128 {
  return madd(x2, w2, madd(x1, w1, madd(x0, w0, sum)));
}

/** Applies the activation and writes the channels that are there. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function finish(s: Row, to: usize, sum: v128, left: i32): void {
  if (s.activation != LINEAR) {
    sum = f32x4.max(sum, f32x4.splat(0));
    if (s.activation == RELU6) sum = f32x4.min(sum, f32x4.splat(6));
  }
  storeUpTo(to, sum, left);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function biasOf(s: Row, channel: i32): v128 {
  return s.bias ? v128.load(s.bias + (<usize>channel << 2)) : f32x4.splat(0);
}

/** Pixels that walkThree takes: their first is the first with its last tap not left of the image. */
export function firstWalked(s: Row): i32 {
  return max(0, -2 - s.at);
}
/** The one after the last: its first tap lies right of the image. */
export function endWalked(s: Row): i32 {
  return min(s.pixels, s.width - s.at);
}

/** One to three rows of three taps, pixels one apart: those from `first` to `end`, borders among them. */
export function walkThree(s: Row, first: i32, end: i32): void {
  for (let channel = 0; channel < s.channels; channel += 4) {
    if (s.rows == 3) walk(s, first, end, channel, 3);
    else if (s.rows == 2) walk(s, first, end, channel, 2);
    else walk(s, first, end, channel, 1);
  }
}

/** Adds what a column of one to three taps gives. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function column(sum: v128, rows: i32, x0: v128, w0: v128, x1: v128, w1: v128, x2: v128, w2: v128): v128 {
  const one = madd(x0, w0, sum);
  if (rows == 1) return one;
  const two = madd(x1, w1, one);
  return rows == 2 ? two : madd(x2, w2, two);
}

/** Four channels of so many rows of taps. A column of pixels gives to three sums: two are under way. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function walk(s: Row, first: i32, end: i32, channel: i32, rows: i32): void {
  const place = <usize>channel << 2, bytes = <usize>s.channels << 2, left = s.channels - channel;
  const step = <usize>s.stepFilter, stepTo = <usize>s.stepTo, runX = <usize>s.runX;
  const f0 = s.filter + place, f1 = rows > 1 ? f0 + s.runFilter : f0, f2 = rows > 2 ? f1 + s.runFilter : f0;
  const w00 = v128.load(f0), w01 = v128.load(f0 + step), w02 = v128.load(f0 + 2 * step);
  const w10 = v128.load(f1), w11 = v128.load(f1 + step), w12 = v128.load(f1 + 2 * step);
  const w20 = v128.load(f2), w21 = v128.load(f2 + step), w22 = v128.load(f2 + 2 * step);
  const at = s.at + first, bias = biasOf(s, channel);
  let a = s.x + place + <usize>at * bytes, b = rows > 1 ? a + runX : a, c = rows > 2 ? b + runX : a;
  let sum0 = bias, sum1 = bias;
  if (at >= 0) sum0 = column(bias, rows, v128.load(a), w00, v128.load(b), w10, v128.load(c), w20);
  a += bytes;
  b += bytes;
  c += bytes;
  if (at + 1 >= 0 && at + 1 < s.width) {
    const x0 = v128.load(a), x1 = v128.load(b), x2 = v128.load(c);
    sum0 = column(sum0, rows, x0, w01, x1, w11, x2, w21);
    sum1 = column(bias, rows, x0, w00, x1, w10, x2, w20);
  }
  let to = s.to + <usize>first * stepTo + place;
  const inside = max(0, min(end - first, s.width - 2 - at));
  for (let n = inside; n > 0; n--, to += stepTo) {
    a += bytes;
    b += bytes;
    c += bytes;
    const x0 = v128.load(a), x1 = v128.load(b), x2 = v128.load(c);
    finish(s, to, column(sum0, rows, x0, w02, x1, w12, x2, w22), left);
    sum0 = column(sum1, rows, x0, w01, x1, w11, x2, w21);
    sum1 = column(bias, rows, x0, w00, x1, w10, x2, w20);
  }
  for (let n = end - first - inside; n > 0; n--, to += stepTo) {
    finish(s, to, sum0, left);
    sum0 = sum1;
    sum1 = bias;
  }
}

/** Columns of dy that walkPairs takes: both of their pixels lie in the image. */
export function firstPair(s: Row): i32 {
  return (s.at + 1) >> 1;
}
/** The one after the last. */
export function endPair(s: Row): i32 {
  return max(firstPair(s), min(s.width, (s.pixels + s.at) >> 1));
}

/**
 * The gradient of an image, of three taps whose pixels lie two apart, by one or two rows of taps. A column of dy gives to
 * two neighbours, and by its last tap to the pixel after them: column j begins at the pixel 2 j - s.at.
 */
export function walkPairs(s: Row): void {
  for (let channel = 0; channel < s.channels; channel += 4) {
    if (s.rows == 2) pairs(s, channel, 2);
    else pairs(s, channel, 1);
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function pairs(s: Row, channel: i32, rows: i32): void {
  const place = <usize>channel << 2, bytes = <usize>s.channels << 2, left = s.channels - channel;
  const f0 = s.filter + place, f1 = rows > 1 ? f0 + s.runFilter : f0;
  const w00 = v128.load(f0), w01 = v128.load(f0 + bytes), w02 = v128.load(f0 + 2 * bytes);
  const w10 = v128.load(f1), w11 = v128.load(f1 + bytes), w12 = v128.load(f1 + 2 * bytes);
  const bias = biasOf(s, channel), first = firstPair(s), end = endPair(s);
  let a = s.x + place + <usize>first * bytes, b = rows > 1 ? a + s.runX : a;
  let to = s.to + place + <usize>(2 * first - s.at) * bytes, carry = bias;
  if (first > 0 && first <= s.width) carry = column(bias, rows, v128.load(a - bytes), w02, v128.load(b - bytes), w12, w12, w12); // prettier-ignore
  for (let n = end - first; n > 0; n--, a += bytes, b += bytes, to += 2 * bytes) {
    const x0 = v128.load(a), x1 = v128.load(b);
    finish(s, to, column(carry, rows, x0, w00, x1, w10, x1, w10), left);
    finish(s, to + bytes, column(bias, rows, x0, w01, x1, w11, x1, w11), left);
    carry = column(bias, rows, x0, w02, x1, w12, x1, w12);
  }
}

/** Pixels of a tile. */
export const TILE: i32 = 3;

/** Three taps, pixels two apart: tiles of three, all within the image. */
export function tilesOfThree(s: Row, first: i32, tiles: i32): void {
  const bytes = <usize>s.channels << 2;
  let corner = s.x + <usize>(s.at + 2 * first) * bytes, out = s.to + <usize>(first * s.stepTo);
  for (; tiles > 0; tiles--, corner += 6 * bytes, out += 3 * s.stepTo) {
    let x = corner, filter = s.filter, to = out;
    for (let channel = 0; channel < s.channels; channel += 4, x += 16, filter += 16, to += 16) {
      let c0 = biasOf(s, channel), c1 = c0, c2 = c0;
      let a = x, f = filter;
      for (let row = s.rows; row > 0; row--, a += s.runX, f += s.runFilter) {
        const w0 = v128.load(f), w1 = v128.load(f + s.stepFilter), w2 = v128.load(f + 2 * s.stepFilter);
        const x2 = v128.load(a + 2 * bytes), x4 = v128.load(a + 4 * bytes);
        c0 = three(c0, v128.load(a), w0, v128.load(a + bytes), w1, x2, w2);
        c1 = three(c1, x2, w0, v128.load(a + 3 * bytes), w1, x4, w2);
        c2 = three(c2, x4, w0, v128.load(a + 5 * bytes), w1, v128.load(a + 6 * bytes), w2);
      }
      const left = s.channels - channel;
      finish(s, to, c0, left);
      finish(s, to + s.stepTo, c1, left);
      finish(s, to + 2 * s.stepTo, c2, left);
    }
  }
}

/** Five taps, pixels one apart: tiles of three, all within the image. */
export function tilesOfFive(s: Row, first: i32, tiles: i32): void {
  const bytes = <usize>s.channels << 2;
  let corner = s.x + <usize>(s.at + first) * bytes, out = s.to + <usize>(first * s.stepTo);
  for (; tiles > 0; tiles--, corner += 3 * bytes, out += 3 * s.stepTo) {
    let x = corner, filter = s.filter, to = out;
    for (let channel = 0; channel < s.channels; channel += 4, x += 16, filter += 16, to += 16) {
      let c0 = biasOf(s, channel), c1 = c0, c2 = c0;
      let a = x, f = filter;
      for (let row = s.rows; row > 0; row--, a += s.runX, f += s.runFilter) {
        const w0 = v128.load(f), w1 = v128.load(f + s.stepFilter), w2 = v128.load(f + 2 * s.stepFilter);
        const w3 = v128.load(f + 3 * s.stepFilter), w4 = v128.load(f + 4 * s.stepFilter);
        const x2 = v128.load(a + 2 * bytes), x3 = v128.load(a + 3 * bytes), x4 = v128.load(a + 4 * bytes);
        const x1 = v128.load(a + bytes), x5 = v128.load(a + 5 * bytes);
        c0 = madd(x4, w4, madd(x3, w3, three(c0, v128.load(a), w0, x1, w1, x2, w2)));
        c1 = madd(x5, w4, madd(x4, w3, three(c1, x1, w0, x2, w1, x3, w2)));
        c2 = madd(v128.load(a + 6 * bytes), w4, madd(x5, w3, three(c2, x2, w0, x3, w1, x4, w2)));
      }
      const left = s.channels - channel;
      finish(s, to, c0, left);
      finish(s, to + s.stepTo, c1, left);
      finish(s, to + 2 * s.stepTo, c2, left);
    }
  }
}
