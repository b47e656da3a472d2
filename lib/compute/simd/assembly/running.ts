// Running sums and products along an axis.
import { storeUpTo } from "./lanes";

@unmanaged
class Running {
  /** Numbers [outer, length, inner]. */
  from: usize;
  to: usize;
  outer: i32;
  length: i32;
  inner: i32;
  /** Whether a number's own is left out, and whether it goes from the end. */
  isExclusive: i32;
  isReverse: i32;
  /** Columns of a block, and blocks of a chunk; where `inner` is 1, a block is a row. */
  columns: i32;
  blocksOfChunk: i32;
}

@unmanaged
class Sum {
  @inline
  start(): f32 {
    return 0;
  }
  @inline
  numbers(a: f32, b: f32): f32 {
    return a + b;
  }
  @inline
  vectors(a: v128, b: v128): v128 {
    return f32x4.add(a, b);
  }
}
@unmanaged
class Product {
  @inline
  start(): f32 {
    return 1;
  }
  @inline
  numbers(a: f32, b: f32): f32 {
    return a * b;
  }
  @inline
  vectors(a: v128, b: v128): v128 {
    return f32x4.mul(a, b);
  }
}

/** `p` is a Running. */
export function runningSum(p: usize, chunk: i32): void {
  run<Sum>(p, chunk);
}
export function runningProduct(p: usize, chunk: i32): void {
  run<Product>(p, chunk);
}

function run<Kind>(p: usize, chunk: i32): void {
  const s = changetype<Running>(p);
  const blocksOfPlane = (s.inner + s.columns - 1) / s.columns;
  const blocks = s.outer * blocksOfPlane, first = chunk * s.blocksOfChunk;
  const last = min(first + s.blocksOfChunk, blocks);
  if (s.inner == 1) return rows<Kind>(s, first, last);
  for (let block = first; block < last; block++) {
    const plane = block / blocksOfPlane, column = (block - plane * blocksOfPlane) * s.columns;
    const place = (<usize>plane * <usize>s.length * <usize>s.inner + <usize>column) << 2;
    planeBlock<Kind>(s, s.from + place, s.to + place, min(s.columns, s.inner - column));
  }
}

/** Columns of a plane: each row from the one before it. */
function planeBlock<Kind>(s: Running, from: usize, to: usize, columns: i32): void {
  const kind = changetype<Kind>(0), bytes = s.inner << 2;
  const step = s.isReverse ? -bytes : bytes;
  if (s.isReverse) {
    from += (s.length - 1) * bytes;
    to += (s.length - 1) * bytes;
  }
  for (let column = 0; column < columns; column += 4) {
    const place = <usize>column << 2, left = columns - column;
    storeUpTo(to + place, s.isExclusive ? f32x4.splat(kind.start()) : v128.load(from + place), left);
  }
  for (let n = s.length - 1; n > 0; n--, from += step, to += step) {
    const number = s.isExclusive ? from : from + step;
    for (let column = 0; column < columns; column += 4) {
      const place = <usize>column << 2, left = columns - column;
      storeUpTo(to + step + place, kind.vectors(v128.load(to + place), v128.load(number + place)), left);
    }
  }
}

/** Rows, four of them at a time: the sums of one wait for each other. */
function rows<Kind>(s: Running, row: i32, last: i32): void {
  const bytes = <usize>s.length << 2;
  for (; row + 4 <= last; row += 4) fourRows<Kind>(s, s.from + <usize>row * bytes, s.to + <usize>row * bytes, bytes);
  for (; row < last; row++) fourRows<Kind>(s, s.from + <usize>row * bytes, s.to + <usize>row * bytes, 0);
}

/** Four rows so many bytes apart; with 0 they are the same. */
function fourRows<Kind>(s: Running, from: usize, to: usize, bytes: usize): void {
  const kind = changetype<Kind>(0), isExclusive = s.isExclusive != 0;
  const step = s.isReverse ? -4 : 4, end = s.isReverse ? (s.length - 1) << 2 : 0;
  let a = kind.start(), b = a, c = a, d = a;
  from += end;
  to += end;
  for (let n = s.length; n > 0; n--, from += step, to += step) {
    const nextA = kind.numbers(a, load<f32>(from)), nextB = kind.numbers(b, load<f32>(from + bytes));
    const nextC = kind.numbers(c, load<f32>(from + 2 * bytes)), nextD = kind.numbers(d, load<f32>(from + 3 * bytes));
    store<f32>(to, isExclusive ? a : nextA);
    store<f32>(to + bytes, isExclusive ? b : nextB);
    store<f32>(to + 2 * bytes, isExclusive ? c : nextC);
    store<f32>(to + 3 * bytes, isExclusive ? d : nextD);
    a = nextA;
    b = nextB;
    c = nextC;
    d = nextD;
  }
}
