// Sums, products, greatest and least over axes. A tensor is seen as [outer, length, inner] with the middle axis reduced:
// as rows where inner is 1, else as columns. Eight numbers meet pairwise in float32 before they go into a float64, so a
// sum is as good as one in float64 but for three roundings; a product is in float64 throughout, and so is a sum of
// numbers so large that they overflow where they meet. What a chunk does, and the order in which the parts of a long row
// meet, follow from the shape alone.
import { scratch } from "../../../threads/assembly/pool";
import { CHUNK } from "./fill";

@unmanaged
class Reduction {
  from: usize;
  /** float32 results [outer, inner], or float64 parts [outer, parts, inner]. */
  to: usize;
  outer: i32;
  length: i32;
  inner: i32;
  /** Rows of a chunk where a chunk has whole rows (of rows or of columns). */
  outerOfChunk: i32;
  /** Parts that the reduced axis is cut in, and what each has of it; the last has the rest. */
  parts: i32;
  lengthOfPart: i32;
  /** Blocks that the columns are cut in, and columns of each. */
  blocks: i32;
  columnsOfBlock: i32;
  /** The result is divided by this; 1 for all but means. */
  divisor: i32;
}

/** The upper two numbers as float64; f64x2.promote_low gives the lower. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function promoteHigh(numbers: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<u64>(numbers, numbers, 1, 1));
}

/** Eight vectors to one. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function meet<Operation>(from: usize, step: usize): v128 {
  const operation = changetype<Operation>(0);
  const a = operation.narrow(v128.load(from), v128.load(from + step));
  const b = operation.narrow(v128.load(from + 2 * step), v128.load(from + 3 * step));
  const far = from + 4 * step;
  const c = operation.narrow(v128.load(far), v128.load(far + step));
  const d = operation.narrow(v128.load(far + 2 * step), v128.load(far + 3 * step));
  return operation.narrow(operation.narrow(a, b), operation.narrow(c, d));
}

/** A row to a number. */
function reduceRow<Operation>(from: usize, length: i32): f64 {
  const result = reduceRowOnce<Operation>(from, length, changetype<Operation>(0).meets());
  return isFinite(result) ? result : reduceRowOnce<Operation>(from, length, false);
}

function reduceRowOnce<Operation>(from: usize, length: i32, meets: bool): f64 {
  const operation = changetype<Operation>(0);
  let low = f64x2.splat(operation.neutral());
  let high = low;
  let left = length;
  if (meets)
    for (; left >= 32; left -= 32, from += 128) {
      const numbers = meet<Operation>(from, 16);
      low = operation.wide(low, f64x2.promote_low_f32x4(numbers));
      high = operation.wide(high, promoteHigh(numbers));
    }
  for (; left >= 4; left -= 4, from += 16) {
    const numbers = v128.load(from);
    low = operation.wide(low, f64x2.promote_low_f32x4(numbers));
    high = operation.wide(high, promoteHigh(numbers));
  }
  low = operation.wide(low, high);
  low = operation.wide(low, v128.shuffle<u64>(low, low, 1, 0));
  for (; left > 0; left--, from += 4) low = operation.wide(low, f64x2.splat(load<f32>(from)));
  return f64x2.extract_lane(low, 0);
}

/** Reduces rows; a chunk is some rows, or a part of a row. */
function rows<Operation>(p: usize, chunk: i32): void {
  const job = changetype<Reduction>(p);
  const bytes = <usize>job.length << 2;
  if (job.parts > 1) {
    const row = chunk / job.parts;
    const start = (chunk - row * job.parts) * job.lengthOfPart;
    const from = job.from + <usize>row * bytes + (<usize>start << 2);
    store<f64>(job.to + (<usize>chunk << 3), reduceRow<Operation>(from, min(job.lengthOfPart, job.length - start)));
    return;
  }
  const first = chunk * job.outerOfChunk;
  const last = min(first + job.outerOfChunk, job.outer);
  for (let row = first; row < last; row++)
    store<f32>(
      job.to + (<usize>row << 2),
      <f32>(reduceRow<Operation>(job.from + <usize>row * bytes, job.length) / <f64>job.divisor),
    );
}

/** Reduces columns; a chunk is some rows of columns, or a block of a part of one. */
function columns<Operation>(p: usize, chunk: i32): void {
  const job = changetype<Reduction>(p);
  const pieces = job.parts * job.blocks;
  const first = pieces > 1 ? chunk / pieces : chunk * job.outerOfChunk;
  const last = pieces > 1 ? first + 1 : min(first + job.outerOfChunk, job.outer);
  const piece = pieces > 1 ? chunk - first * pieces : 0;
  const part = piece / job.blocks;
  const column = (piece - part * job.blocks) * job.columnsOfBlock;
  const start = part * job.lengthOfPart;
  const length = min(job.lengthOfPart, job.length - start);
  const width = min(job.columnsOfBlock, job.inner - column);
  for (let outer = first; outer < last; outer++) {
    const from = job.from + (<usize>((outer * job.length + start) * job.inner + column) << 2);
    const step = <usize>job.inner << 2;
    reduceColumns<Operation>(from, length, width, step, changetype<Operation>(0).meets());
    if (!isFinite(sumOfScratch(width))) reduceColumns<Operation>(from, length, width, step, false);
    if (job.parts > 1) {
      memory.copy(
        job.to + (<usize>((outer * job.parts + part) * job.inner + column) << 3), scratch, <usize>width << 3,
      );
    } else {
      let at = scratch;
      for (
        let to = job.to + (<usize>(outer * job.inner + column) << 2), end = to + (<usize>width << 2);
        to < end;
        to += 4, at += 8
      ) store<f32>(to, <f32>(load<f64>(at) / <f64>job.divisor));
    }
  }
}

function sumOfScratch(count: i32): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < <usize>count; i++) sum += load<f64>(scratch + (i << 3));
  return sum;
}

/** Columns to numbers of float64 in scratch; rows are `step` bytes apart. */
function reduceColumns<Operation>(from: usize, length: i32, width: i32, step: usize, meets: bool): void {
  const operation = changetype<Operation>(0);
  const neutral = f64x2.splat(operation.neutral());
  const end = scratch + (<usize>((width + 3) & ~3) << 3);
  for (let at = scratch; at < end; at += 16) v128.store(at, neutral);
  let left = length;
  if (meets)
    for (; left >= 8; left -= 8, from += 8 * step)
      for (let at = scratch, column = from; at < end; at += 32, column += 16) take<Operation>(at, meet<Operation>(column, step));
  for (; left > 0; left--, from += step)
    for (let at = scratch, column = from; at < end; at += 32, column += 16) take<Operation>(at, v128.load(column));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function take<Operation>(at: usize, numbers: v128): void {
  const operation = changetype<Operation>(0);
  v128.store(at, operation.wide(v128.load(at), f64x2.promote_low_f32x4(numbers)));
  v128.store(at, operation.wide(v128.load(at, 16), promoteHigh(numbers)), 16);
}

/** Joins the parts, in their order. Parameters: from [outer, parts, inner], to [outer, inner], outer, parts, inner, divisor. */
function join<Operation>(p: usize, chunk: i32): void {
  const operation = changetype<Operation>(0);
  const parts = load<i32>(p, 12), inner = load<i32>(p, 16), divisor = <f64>load<i32>(p, 20);
  const count = load<i32>(p, 8) * inner;
  const end = min((chunk + 1) * CHUNK, count);
  const step = <usize>inner << 3;
  for (let i = chunk * CHUNK; i < end; i++) {
    const outer = i / inner;
    let from = load<usize>(p) + (<usize>(outer * parts * inner + i - outer * inner) << 3);
    let result = v128.load64_splat(from);
    for (let part = 1; part < parts; part++) {
      from += step;
      result = operation.wide(result, v128.load64_splat(from));
    }
    store<f32>(load<usize>(p, 4) + (<usize>i << 2), <f32>(f64x2.extract_lane(result, 0) / divisor));
  }
}

@unmanaged
class Sum {
  @inline
  neutral(): f64 {
    return 0;
  }
  /** Whether numbers may meet in float32. */
  @inline
  meets(): bool {
    return true;
  }
  @inline
  narrow(a: v128, b: v128): v128 {
    return f32x4.add(a, b);
  }
  @inline
  wide(a: v128, b: v128): v128 {
    return f64x2.add(a, b);
  }
}
export function rowsSum(p: usize, chunk: i32): void {
  rows<Sum>(p, chunk);
}
export function columnsSum(p: usize, chunk: i32): void {
  columns<Sum>(p, chunk);
}
export function joinSum(p: usize, chunk: i32): void {
  join<Sum>(p, chunk);
}

@unmanaged
class Prod {
  @inline
  neutral(): f64 {
    return 1;
  }
  /** Whether numbers may meet in float32. */
  @inline
  meets(): bool {
    return false;
  }
  @inline
  narrow(a: v128, b: v128): v128 {
    return f32x4.mul(a, b);
  }
  @inline
  wide(a: v128, b: v128): v128 {
    return f64x2.mul(a, b);
  }
}
export function rowsProd(p: usize, chunk: i32): void {
  rows<Prod>(p, chunk);
}
export function columnsProd(p: usize, chunk: i32): void {
  columns<Prod>(p, chunk);
}
export function joinProd(p: usize, chunk: i32): void {
  join<Prod>(p, chunk);
}

@unmanaged
class Max {
  @inline
  neutral(): f64 {
    return -Infinity;
  }
  /** Whether numbers may meet in float32. */
  @inline
  meets(): bool {
    return true;
  }
  /** NaN stays, three instructions where max takes seven. */
  @inline
  narrow(a: v128, b: v128): v128 {
    return v128.or(f32x4.pmax(a, b), f32x4.ne(b, b));
  }
  @inline
  wide(a: v128, b: v128): v128 {
    return f64x2.max(a, b);
  }
}
export function rowsMax(p: usize, chunk: i32): void {
  rows<Max>(p, chunk);
}
export function columnsMax(p: usize, chunk: i32): void {
  columns<Max>(p, chunk);
}
export function joinMax(p: usize, chunk: i32): void {
  join<Max>(p, chunk);
}

@unmanaged
class Min {
  @inline
  neutral(): f64 {
    return Infinity;
  }
  /** Whether numbers may meet in float32. */
  @inline
  meets(): bool {
    return true;
  }
  @inline
  narrow(a: v128, b: v128): v128 {
    return v128.or(f32x4.pmin(a, b), f32x4.ne(b, b));
  }
  @inline
  wide(a: v128, b: v128): v128 {
    return f64x2.min(a, b);
  }
}
export function rowsMin(p: usize, chunk: i32): void {
  rows<Min>(p, chunk);
}
export function columnsMin(p: usize, chunk: i32): void {
  columns<Min>(p, chunk);
}
export function joinMin(p: usize, chunk: i32): void {
  join<Min>(p, chunk);
}
