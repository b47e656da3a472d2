// Softmax and its logarithm along rows, the greatest number taken off first, the sum of the exponentials in float64.
// Parameters: from, to, rows, columns, rowsOfChunk.
import { keepFirst, storeFirst, storeUpTo } from "./lanes";
import { constants, exp4, log4 } from "./math";

export function softmax(p: usize, chunk: i32): void {
  const c = constants();
  const columns = load<i32>(p, 12), rowsOfChunk = load<i32>(p, 16);
  const first = chunk * rowsOfChunk;
  const last = min(first + rowsOfChunk, load<i32>(p, 8));
  for (let row = first; row < last; row++) {
    const at = <usize>row * (<usize>columns << 2);
    const from = load<usize>(p) + at, to = load<usize>(p, 4) + at;
    const sum = f32x4.splat(<f32>exponentials(from, to, columns, greatest(from, columns), c));
    for (let i = 0, place = to; i < columns; i += 4, place += 16) {
      const share = f32x4.div(v128.load(place), sum);
      storeUpTo(place, share, columns - i);
    }
  }
}

export function logSoftmax(p: usize, chunk: i32): void {
  const c = constants();
  const columns = load<i32>(p, 12), rowsOfChunk = load<i32>(p, 16);
  const first = chunk * rowsOfChunk;
  const last = min(first + rowsOfChunk, load<i32>(p, 8));
  for (let row = first; row < last; row++) {
    const at = <usize>row * (<usize>columns << 2);
    const from = load<usize>(p) + at, to = load<usize>(p, 4) + at;
    const most = greatest(from, columns);
    const log = log4(f32x4.splat(<f32>exponentials(from, to, columns, most, c)), c);
    for (let i = 0; i < columns; i += 4) {
      const result = f32x4.sub(f32x4.sub(v128.load(from + (<usize>i << 2)), most), log);
      storeUpTo(to + (<usize>i << 2), result, columns - i);
    }
  }
}

/** The gradient of softmax, y (dy - sum of dy y). Parameters: dy, y, to, rows, columns, rowsOfChunk. */
export function softmaxGradient(p: usize, chunk: i32): void {
  const columns = load<i32>(p, 16), rowsOfChunk = load<i32>(p, 20);
  const first = chunk * rowsOfChunk;
  const last = min(first + rowsOfChunk, load<i32>(p, 12));
  for (let row = first; row < last; row++) {
    const at = <usize>row * (<usize>columns << 2);
    const dy = load<usize>(p) + at, y = load<usize>(p, 4) + at, to = load<usize>(p, 8) + at;
    let sums = f32x4.splat(0);
    for (let left = columns, i: usize = 0; left > 0; left -= 4, i += 16) {
      const product = f32x4.mul(v128.load(dy + i), v128.load(y + i));
      sums = f32x4.add(sums, left >= 4 ? product : keepFirst(product, left, f32x4.splat(0)));
    }
    sums = f32x4.add(sums, v128.shuffle<u32>(sums, sums, 2, 3, 0, 1));
    const sum = f32x4.add(sums, v128.shuffle<u32>(sums, sums, 1, 0, 3, 2));
    for (let left = columns, i: usize = 0; left > 0; left -= 4, i += 16) {
      const result = f32x4.mul(v128.load(y + i), f32x4.sub(v128.load(dy + i), sum));
      storeUpTo(to + i, result, left);
    }
  }
}

/** The greatest number of a row, four times; NaN if there is one. */
function greatest(from: usize, count: i32): v128 {
  const none = f32x4.splat(-Infinity);
  let most = none;
  let left = count;
  for (; left >= 4; left -= 4, from += 16) most = f32x4.max(most, v128.load(from));
  if (left > 0) most = f32x4.max(most, keepFirst(v128.load(from), left, none));
  most = f32x4.max(most, v128.shuffle<u32>(most, most, 2, 3, 0, 1));
  return f32x4.max(most, v128.shuffle<u32>(most, most, 1, 0, 3, 2));
}

/** Writes exp(x - most) and gives the sum. */
function exponentials(from: usize, to: usize, count: i32, most: v128, c: usize): f64 {
  let low = f64x2.splat(0);
  let high = low;
  for (let left = count; left > 0; left -= 4, from += 16, to += 16) {
    let numbers = exp4(f32x4.sub(v128.load(from), most), c);
    if (left >= 4) v128.store(to, numbers);
    else {
      storeFirst(to, numbers, left);
      numbers = keepFirst(numbers, left, f32x4.splat(0));
    }
    low = f64x2.add(low, f64x2.promote_low_f32x4(numbers));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<u64>(numbers, numbers, 1, 1)));
  }
  low = f64x2.add(low, high);
  return f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
}
