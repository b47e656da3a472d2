// Where along an axis the greatest or least number stands: the first of them; NaN never, but that one which stands first
// stays, as TensorFlow.js has it. Parameters: from [outer, length, inner], to [outer, inner], outer, length, inner,
// outerOfChunk.
import { storeUpTo } from "./lanes";

@unmanaged
class Search {
  from: usize;
  to: usize;
  outer: i32;
  length: i32;
  inner: i32;
  outerOfChunk: i32;
}

function search<Order>(p: usize, chunk: i32): void {
  const job = changetype<Search>(p);
  const bytes = <usize>(job.length * job.inner) << 2;
  const first = chunk * job.outerOfChunk;
  const last = min(first + job.outerOfChunk, job.outer);
  for (let outer = first; outer < last; outer++) {
    const from = job.from + <usize>outer * bytes;
    const to = job.to + (<usize>(outer * job.inner) << 2);
    if (job.inner == 1) store<i32>(to, searchRow<Order>(from, job.length));
    else searchColumns<Order>(from, to, job.length, job.inner);
  }
}

function searchRow<Order>(from: usize, length: i32): i32 {
  const order = changetype<Order>(0);
  const start = from;
  const end = from + (<usize>length << 2);
  let best = v128.load32_splat(from);
  const vectors = end - 12;
  for (; from < vectors; from += 16) {
    const numbers = v128.load(from);
    best = v128.bitselect(numbers, best, order.before(numbers, best));
  }
  for (; from < end; from += 4) {
    const number = v128.load32_splat(from);
    best = v128.bitselect(number, best, order.before(number, best));
  }
  let other = v128.shuffle<u32>(best, best, 2, 3, 0, 1);
  best = v128.bitselect(other, best, order.before(other, best));
  other = v128.shuffle<u32>(best, best, 1, 0, 3, 2);
  best = v128.bitselect(other, best, order.before(other, best));
  const found = f32x4.extract_lane(best, 0);
  for (from = start; from < vectors; from += 16) {
    const equal = i32x4.bitmask(f32x4.eq(v128.load(from), best));
    if (equal) return <i32>((from - start) >> 2) + ctz(equal);
  }
  for (; from < end; from += 4) if (load<f32>(from) == found) return <i32>((from - start) >> 2);
  return 0;
}

function searchColumns<Order>(from: usize, to: usize, length: i32, inner: i32): void {
  const order = changetype<Order>(0);
  const step = <usize>inner << 2;
  for (let left = inner; left > 0; left -= 4, from += 16, to += 16) {
    let best = v128.load(from);
    let places = i32x4.splat(0);
    for (let i = 1, at = from + step; i < length; i++, at += step) {
      const numbers = v128.load(at);
      const better = order.before(numbers, best);
      best = v128.bitselect(numbers, best, better);
      places = v128.bitselect(i32x4.splat(i), places, better);
    }
    storeUpTo(to, places, left);
  }
}

@unmanaged
class Greatest {
  @inline
  before(a: v128, b: v128): v128 {
    return f32x4.gt(a, b);
  }
}
export function argMax(p: usize, chunk: i32): void {
  search<Greatest>(p, chunk);
}

@unmanaged
class Least {
  @inline
  before(a: v128, b: v128): v128 {
    return f32x4.lt(a, b);
  }
}
export function argMin(p: usize, chunk: i32): void {
  search<Least>(p, chunk);
}
