// Passes that bring elements to other places: copies whose axes have steps of their own on either side, rows that
// indices pick, rows with a single mark.
import { storeFirst, storeFirstBytes } from "./lanes";

/**
 * A copy in planes of `down` x `across`, each cut in blocks; the axes outside a plane follow: size, and bytes from one
 * to the next in the source and in the destination, outermost first. Steps may be 0 or negative.
 */
@unmanaged
class Copy {
  from: usize;
  to: usize;
  down: i32;
  downFrom: i32;
  downTo: i32;
  /** Bytes of a run, or columns of a transposition. */
  across: i32;
  acrossFrom: i32;
  acrossTo: i32;
  downOfBlock: i32;
  acrossOfBlock: i32;
  /** Blocks of all planes. */
  blocks: i32;
  blocksOfChunk: i32;
  axes: i32;
}

/** Copies blocks. `p` is a Copy with its axes. */
function copyBlocks<Block>(p: usize, chunk: i32): void {
  const s = changetype<Copy>(p);
  const copied = changetype<Block>(0);
  const blocksAcross = (s.across + s.acrossOfBlock - 1) / s.acrossOfBlock;
  const blocksOfPlane = ((s.down + s.downOfBlock - 1) / s.downOfBlock) * blocksAcross;
  const first = chunk * s.blocksOfChunk;
  const last = min(first + s.blocksOfChunk, s.blocks);
  for (let block = first; block < last; block++) {
    let plane = block / blocksOfPlane;
    const inPlane = block - plane * blocksOfPlane;
    const row = (inPlane / blocksAcross) * s.downOfBlock;
    const column = (inPlane % blocksAcross) * s.acrossOfBlock;
    let from = s.from + row * s.downFrom + column * s.acrossFrom;
    let to = s.to + row * s.downTo + column * s.acrossTo;
    for (let axis = p + offsetof<Copy>() + 12 * (s.axes - 1); plane > 0; axis -= 12) {
      const size = load<i32>(axis);
      const at = plane % size;
      plane /= size;
      from += at * load<i32>(axis, 4);
      to += at * load<i32>(axis, 8);
    }
    copied.copy(s, from, to, min(s.downOfBlock, s.down - row), min(s.acrossOfBlock, s.across - column));
  }
}

/** Bytes from which on the engine's own copy is the fastest. */
const LONG: i32 = 512;

@unmanaged
class Runs {
  @inline
  copy(s: Copy, from: usize, to: usize, down: i32, bytes: i32): void {
    const stepFrom = s.downFrom, stepTo = s.downTo;
    if (bytes == 4) {
      for (; down > 0; down--, from += stepFrom, to += stepTo) store<i32>(to, load<i32>(from));
    } else if (bytes == 8) {
      for (; down > 0; down--, from += stepFrom, to += stepTo) store<i64>(to, load<i64>(from));
    } else if (bytes == 1) {
      for (; down > 0; down--, from += stepFrom, to += stepTo) store<i8>(to, load<i8>(from));
    } else for (; down > 0; down--, from += stepFrom, to += stepTo) copyRun(from, to, bytes);
  }
}
/** Runs of bytes that lie together on either side. */
export function copyRuns(p: usize, chunk: i32): void {
  copyBlocks<Runs>(p, chunk);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function copyRun(from: usize, to: usize, bytes: i32): void {
  if (bytes >= LONG) {
    memory.copy(to, from, bytes);
    return;
  }
  for (; bytes >= 16; bytes -= 16, from += 16, to += 16) v128.store(to, v128.load(from));
  if (bytes > 0) storeFirstBytes(to, v128.load(from), bytes);
}

@unmanaged
class Transposed {
  @inline
  copy(s: Copy, from: usize, to: usize, rows: i32, columns: i32): void {
    for (; rows > 0; rows -= 4, from += 16, to += 4 * s.downTo)
      transposeRows(from, s.acrossFrom, to, s.downTo, min(rows, 4), columns);
  }
}
/** Numbers of 32 bits that lie together along a plane's rows in the destination, along its columns in the source. */
export function copyTransposed(p: usize, chunk: i32): void {
  copyBlocks<Transposed>(p, chunk);
}

/** Up to four rows of the destination, four columns at a time. */
function transposeRows(from: usize, stepFrom: usize, to: usize, stepTo: usize, rows: i32, columns: i32): void {
  const none: usize = 0;
  const to1 = rows > 1 ? stepTo : none, to2 = rows > 2 ? stepTo << 1 : none, to3 = rows > 3 ? stepTo * 3 : none;
  for (; columns > 0; columns -= 4, from += 4 * stepFrom, to += 16) {
    const x0 = v128.load(from);
    const x1 = v128.load(from + (columns > 1 ? stepFrom : 0));
    const x2 = v128.load(from + (columns > 2 ? 2 * stepFrom : 0));
    const x3 = v128.load(from + (columns > 3 ? 3 * stepFrom : 0));
    const low01 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5), high01 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
    const low23 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5), high23 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
    const y0 = v128.shuffle<i64>(low01, low23, 0, 2), y1 = v128.shuffle<i64>(low01, low23, 1, 3);
    const y2 = v128.shuffle<i64>(high01, high23, 0, 2), y3 = v128.shuffle<i64>(high01, high23, 1, 3);
    // rows that are not there go to the first, which is written last
    if (columns >= 4) {
      v128.store(to + to3, y3);
      v128.store(to + to2, y2);
      v128.store(to + to1, y1);
      v128.store(to, y0);
    } else {
      storeFirst(to + to3, y3, columns);
      storeFirst(to + to2, y2, columns);
      storeFirst(to + to1, y1, columns);
      storeFirst(to, y0, columns);
    }
  }
}

@unmanaged
class Gather {
  /** Slices [batch, outer, size, bytes]. */
  from: usize;
  /** Of 32 bits, [batch, count], all from 0 to size - 1. */
  indices: usize;
  /** Slices [batch, outer, count, bytes]. */
  to: usize;
  outer: i32;
  size: i32;
  count: i32;
  bytes: i32;
  /** Slices of the destination. */
  slices: i32;
  slicesOfChunk: i32;
}

/** The slices that indices pick. */
export function gather(p: usize, chunk: i32): void {
  const s = changetype<Gather>(p);
  const first = chunk * s.slicesOfChunk;
  const last = min(first + s.slicesOfChunk, s.slices);
  let row = first / s.count;
  let at = first - row * s.count;
  let to = s.to + <usize>first * <usize>s.bytes;
  for (let slice = first; slice < last; row++, at = 0) {
    const from = s.from + <usize>row * <usize>s.size * <usize>s.bytes;
    const indices = s.indices + ((<usize>(row / s.outer) * <usize>s.count) << 2);
    const end = min(s.count, at + last - slice);
    slice += end - at;
    for (; at < end; at++, to += s.bytes) {
      const index = load<usize>(indices + (<usize>at << 2));
      if (s.bytes == 4) store<i32>(to, load<i32>(from + (index << 2)));
      else copyRun(from + index * <usize>s.bytes, to, s.bytes);
    }
  }
}

/**
 * The number of the slice that each row of indices means, -1 where there is none. Parameters: indices, to, rows, slices,
 * rows of a chunk, indices of a row, then the slices from one to the next along each axis.
 */
export function flattenIndices(p: usize, chunk: i32): void {
  const slices = load<u32>(p, 12), rank = load<i32>(p, 20);
  const first = chunk * load<i32>(p, 16), last = min(first + load<i32>(p, 16), load<i32>(p, 8));
  let from = load<usize>(p) + ((<usize>first * <usize>rank) << 2);
  let to = load<usize>(p, 4) + (<usize>first << 2);
  for (let row = first; row < last; row++, to += 4) {
    let place: i64 = 0;
    for (let axis = 0; axis < rank; axis++, from += 4)
      place += <i64>load<i32>(from) * <i64>load<i32>(p + (<usize>axis << 2), 24);
    store<i32>(to, <u64>place < <u64>slices ? <i32>place : -1);
  }
}

/** Rows of `off` with `on` at their index, where it is one. Parameters: indices, to, rows, depth, on, off, rows of a chunk. */
export function oneHot(p: usize, chunk: i32): void {
  const depth = load<i32>(p, 12), on = load<i32>(p, 16), off = i32x4.splat(load<i32>(p, 20));
  const first = chunk * load<i32>(p, 24);
  const last = min(first + load<i32>(p, 24), load<i32>(p, 8));
  const start = load<usize>(p, 4) + (<usize>first * <usize>depth << 2);
  let to = start;
  let left = (last - first) * depth;
  for (; left >= 4; left -= 4, to += 16) v128.store(to, off);
  storeFirst(to, off, left);
  let indices = load<usize>(p) + (<usize>first << 2);
  to = start;
  for (let row = first; row < last; row++, indices += 4, to += <usize>depth << 2) {
    const index = load<i32>(indices);
    if (index >= 0 && index < depth) store<i32>(to + (<usize>index << 2), on);
  }
}
