// Convolution of 3 x 3, stride 1, by Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray, "Fast Algorithms for
// Convolutional Neural Networks", 2016): 16 multiplications where there were 36. Where max pooling of 2 x 2 follows, an
// output tile is a pooling window, so that neither the convolution's output nor its gradient ever lies in memory.
//
//   V = B'dB  of each tile of 4 x 4 pixels of x        16 matrices [tiles, channels]
//   U = GgG'  of the filter                            16 matrices [channels, filters]
//   M = V U                                            16 matrices [tiles, filters],  y = A'MA
//
// The gradients are the adjoints of these steps in reverse: dM = A dy A', dU = V'dM, dV = dM U', dg = G'dU G, dd = B dV B'.
import { scratch, SCRATCH_BYTES } from "../../../threads/assembly/pool";
import { describeProduct, isNative, multiplyColumnsNatively, multiplyNatively } from "./native";
import { clearTile, COLUMN_ROWS, COLUMNS, finishTile, LINEAR, RELU6, ROWS, TILE_BYTES, tileColumnsOnto, tileRows, tileTo } from "./tiles";

@unmanaged
export class Winograd {
  /** Images [images, height, width, channels]. */
  x: usize;
  /** U, 16 matrices [channels, filters]. */
  u: usize;
  /** U transposed, 16 matrices [filters, channels]. */
  turned: usize;
  bias: usize;
  /** The output [images, outHeight, outWidth, filters]; with codes the pooled one [images, down, across, filters]. */
  to: usize;
  /** Which of its four pixels each pooled value is, -1 where relu stopped it: int32, in the shape of `to`; 0: no pooling. */
  codes: usize;
  /** The gradient of `to`. */
  dy: usize;
  /** The gradient of x; 0 where nobody asks for it. */
  dx: usize;
  /** The sums of dU, 16 matrices [channels, filters] for each part. */
  du: usize;
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  filters: i32;
  padTop: i32;
  padLeft: i32;
  /** Tiles of an image. */
  down: i32;
  across: i32;
  outHeight: i32;
  outWidth: i32;
  /** With pooling linear or relu. */
  activation: i32;
  /** Tiles of a chunk; where dx is asked for those of whole images. */
  share: i32;
}

/** Tiles that are worked on at once, so that V, M and dV stay in the thread's scratch: a multiple of a tile's rows. */
function tilesAtOnce(w: Winograd): i32 {
  const bytes = 64 * (2 * w.channels + w.filters);
  const most = (SCRATCH_BYTES - <i32>TILE_BYTES - 64 - <i32>zeroBytes(w)) / bytes;
  return max(ROWS, (most / ROWS) * ROWS);
}

/** A pixel of zeros, of the input or of the output. */
export function zeroBytes(w: Winograd): usize {
  return <usize>max(w.channels, w.filters) << 2;
}

/** The output of a chunk of tiles. */
export function winogradForward(p: usize, chunk: i32): void {
  const w = changetype<Winograd>(p);
  const most = tilesAtOnce(w);
  const zeros = scratch + TILE_BYTES + 64;
  const v = zeros + zeroBytes(w);
  const m = v + ((<usize>(most * w.channels)) << 6);
  memory.fill(zeros, 0, zeroBytes(w));
  const last = min((chunk + 1) * w.share, w.images * w.down * w.across);
  for (let first = chunk * w.share; first < last; first += most) {
    const count = min(most, last - first);
    readTiles(w, first, count, v, zeros);
    for (let f = 0; f < 16; f++)
      multiply(
        v + ((<usize>(f * count * w.channels)) << 2), w.channels, w.u + ((<usize>(f * w.channels * w.filters)) << 2),
        w.filters, m + ((<usize>(f * count * w.filters)) << 2), count,
      );
    if (w.codes) poolTiles(w, first, count, m);
    else writeTiles(w, first, count, m);
  }
}

/** The gradients of a chunk of tiles: into dx, and a sum of dU for the chunk. */
export function winogradBackward(p: usize, chunk: i32): void {
  const w = changetype<Winograd>(p);
  const tiles = w.down * w.across;
  const most = tilesAtOnce(w);
  const zeros = scratch + TILE_BYTES + 64;
  const v = zeros + zeroBytes(w);
  const m = v + ((<usize>(most * w.channels)) << 6);
  const dv = m + ((<usize>(most * w.filters)) << 6);
  const du = w.du + ((<usize>(chunk * w.channels * w.filters)) << 6);
  const size = <usize>(w.height * w.width * w.channels) << 2;
  memory.fill(zeros, 0, zeroBytes(w));
  const start = chunk * w.share;
  const last = min(start + w.share, w.images * tiles);
  if (w.dx) memory.fill(w.dx + <usize>(start / tiles) * size, 0, <usize>((last - start) / tiles) * size);
  for (let first = start; first < last; first += most) {
    const count = min(most, last - first);
    readTiles(w, first, count, v, zeros);
    if (w.codes) spreadGradient(w, first, count, m);
    else readGradient(w, first, count, m, zeros);
    for (let f = 0; f < 16; f++) {
      const vf = v + ((<usize>(f * count * w.channels)) << 2);
      const mf = m + ((<usize>(f * count * w.filters)) << 2);
      const matrix = (<usize>(f * w.channels * w.filters)) << 2;
      gather(vf, w.channels, mf, w.filters, count, du + matrix, first > start);
      if (w.dx) multiply(mf, w.filters, w.turned + matrix, w.channels, dv + ((<usize>(f * count * w.channels)) << 2), count);
    }
    if (w.dx) addTiles(w, first, count, dv);
  }
}

/** A [rows, depth] by B [depth, columns], columns a multiple of 8. */
export function multiply(a: usize, depth: i32, b: usize, columns: i32, to: usize, rows: i32): void {
  if (isNative) return multiplyNatively(describeProduct(scratch, a, depth, b, columns, to, columns, rows, columns, depth));
  const stepA = <usize>depth << 2;
  const step = <usize>columns << 2;
  const table = scratch + TILE_BYTES;
  let row = 0;
  for (; row + ROWS <= rows; row += ROWS, to += step * ROWS)
    for (let at: usize = 0; at < step; at += 32) tileTo(a + <usize>row * stepA, stepA, depth, b + at, step, to + at, step);
  for (; row < rows; row += ROWS) {
    for (let i = 0; i < ROWS; i++) store<usize>(table + (<usize>i << 2), a + <usize>min(row + i, rows - 1) * stepA);
    const left = rows - row;
    for (let at: usize = 0; at < step; at += 32) {
      tileRows(table, 1, depth, b + at, step, 0, scratch);
      finishTile(scratch, to + at, step, min(ROWS, left), COLUMNS, false, 0, 0);
    }
    to += step * ROWS;
  }
}

/** V [rows, channels], transposed, by M [rows, filters]; both multiples of 8. */
export function gather(v: usize, channels: i32, m: usize, filters: i32, rows: i32, to: usize, add: bool): void {
  if (isNative) {
    const own = describeProduct(scratch, v, channels, m, filters, to, filters, channels, filters, rows);
    own.add = i32(add);
    return multiplyColumnsNatively(own);
  }
  const stepV = <usize>channels << 2;
  const step = <usize>filters << 2;
  for (let channel = 0; channel < channels; channel += COLUMN_ROWS) {
    for (let at: usize = 0; at < step; at += 32) {
      const place = to + <usize>channel * step + at;
      if (!add) clearTile(place, step);
      tileColumnsOnto(v + (<usize>channel << 2), stepV, m + at, step, rows, place, step);
    }
  }
}

/** V = B'dB of `count` tiles. */
function readTiles(w: Winograd, first: i32, count: i32, v: usize, zeros: usize): void {
  const bytes = <usize>w.channels << 2;
  const stepF = <usize>count * bytes;
  const tiles = w.down * w.across;
  for (let i = 0; i < count; i++) {
    const image = (first + i) / tiles;
    const tile = first + i - image * tiles;
    const x = w.x + <usize>(image * w.height * w.width) * bytes;
    const top = (tile / w.across) * 2 - w.padTop;
    const left = (tile % w.across) * 2 - w.padLeft;
    const to = v + <usize>i * bytes;
    for (let row = 0; row < 4; row++) {
      // Row by row of B'd: rows d0 - d2, d1 + d2, d2 - d1, d1 - d3.
      const one = row == 0 ? top : row == 2 ? top + 2 : top + 1;
      const other = row == 0 ? top + 2 : row == 1 ? top + 2 : row == 2 ? top + 1 : top + 3;
      const p0 = pixel(w, x, one, left, zeros), p1 = pixel(w, x, one, left + 1, zeros);
      const p2 = pixel(w, x, one, left + 2, zeros), p3 = pixel(w, x, one, left + 3, zeros);
      const q0 = pixel(w, x, other, left, zeros), q1 = pixel(w, x, other, left + 1, zeros);
      const q2 = pixel(w, x, other, left + 2, zeros), q3 = pixel(w, x, other, left + 3, zeros);
      const sign = f32x4.splat(row == 1 ? 1 : -1);
      const f0 = to + <usize>(4 * row) * stepF, f1 = f0 + stepF, f2 = f1 + stepF, f3 = f2 + stepF;
      for (let at: usize = 0; at < bytes; at += 16) {
        const d0 = f32x4.add(v128.load(p0 + at), f32x4.mul(sign, v128.load(q0 + at)));
        const d1 = f32x4.add(v128.load(p1 + at), f32x4.mul(sign, v128.load(q1 + at)));
        const d2 = f32x4.add(v128.load(p2 + at), f32x4.mul(sign, v128.load(q2 + at)));
        const d3 = f32x4.add(v128.load(p3 + at), f32x4.mul(sign, v128.load(q3 + at)));
        v128.store(f0 + at, f32x4.sub(d0, d2));
        v128.store(f1 + at, f32x4.add(d1, d2));
        v128.store(f2 + at, f32x4.sub(d2, d1));
        v128.store(f3 + at, f32x4.sub(d1, d3));
      }
    }
  }
}

export function pixel(w: Winograd, x: usize, row: i32, column: i32, zeros: usize): usize {
  if (row < 0 || row >= w.height || column < 0 || column >= w.width) return zeros;
  return x + (<usize>((row * w.width + column) * w.channels) << 2);
}

/** y = A'MA, the bias, the largest of the four, relu. */
function poolTiles(w: Winograd, first: i32, count: i32, m: usize): void {
  const bytes = <usize>w.filters << 2;
  const stepF = <usize>count * bytes;
  const place = <usize>first * bytes;
  const zero = f32x4.splat(0);
  for (let i = 0; i < count; i++) {
    const from = m + <usize>i * bytes;
    const to = place + <usize>i * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      let s00 = zero, s01 = zero, s02 = zero, s03 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
      let f = from + at;
      let m0 = v128.load(f), m1 = v128.load(f + 4 * stepF), m2 = v128.load(f + 8 * stepF), m3 = v128.load(f + 12 * stepF);
      s00 = f32x4.add(f32x4.add(m0, m1), m2);
      s10 = f32x4.sub(f32x4.sub(m1, m2), m3);
      f += stepF;
      m0 = v128.load(f), m1 = v128.load(f + 4 * stepF), m2 = v128.load(f + 8 * stepF), m3 = v128.load(f + 12 * stepF);
      s01 = f32x4.add(f32x4.add(m0, m1), m2);
      s11 = f32x4.sub(f32x4.sub(m1, m2), m3);
      f += stepF;
      m0 = v128.load(f), m1 = v128.load(f + 4 * stepF), m2 = v128.load(f + 8 * stepF), m3 = v128.load(f + 12 * stepF);
      s02 = f32x4.add(f32x4.add(m0, m1), m2);
      s12 = f32x4.sub(f32x4.sub(m1, m2), m3);
      f += stepF;
      m0 = v128.load(f), m1 = v128.load(f + 4 * stepF), m2 = v128.load(f + 8 * stepF), m3 = v128.load(f + 12 * stepF);
      s03 = f32x4.add(f32x4.add(m0, m1), m2);
      s13 = f32x4.sub(f32x4.sub(m1, m2), m3);
      const bias = w.bias ? v128.load(w.bias + at) : zero;
      writePooled(
        w.to + to + at, w.codes + to + at, w.activation,
        f32x4.add(bias, f32x4.add(f32x4.add(s00, s01), s02)), f32x4.add(bias, f32x4.sub(f32x4.sub(s01, s02), s03)),
        f32x4.add(bias, f32x4.add(f32x4.add(s10, s11), s12)), f32x4.add(bias, f32x4.sub(f32x4.sub(s11, s12), s13)),
      );
    }
  }
}

/** y = A'MA, the bias, the activation; pixels beyond the output's last row or column are left aside. */
function writeTiles(w: Winograd, first: i32, count: i32, m: usize): void {
  const bytes = <usize>w.filters << 2;
  const stepF = <usize>count * bytes;
  const row = <usize>w.outWidth * bytes;
  const tiles = w.down * w.across;
  const zero = f32x4.splat(0);
  const lowest = f32x4.splat(w.activation == LINEAR ? -Infinity : 0);
  const highest = f32x4.splat(w.activation == RELU6 ? 6 : Infinity);
  for (let i = 0; i < count; i++) {
    const image = (first + i) / tiles;
    const tile = first + i - image * tiles;
    const y = (tile / w.across) * 2, x = (tile % w.across) * 2;
    const below = y + 1 < w.outHeight, right = x + 1 < w.outWidth;
    const place = w.to + <usize>((image * w.outHeight + y) * w.outWidth + x) * bytes;
    const from = m + <usize>i * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      const bias = w.bias ? v128.load(w.bias + at) : zero;
      writeRow(from + at, stepF, 0, bias, lowest, highest, place + at, right ? bytes : 0);
      if (below) writeRow(from + at, stepF, 1, bias, lowest, highest, place + row + at, right ? bytes : 0);
    }
  }
}

/** The two pixels of a row of A'MA, the right one, `bytes` on, only where there is one. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function writeRow(
  f: usize, stepF: usize, row: i32, bias: v128, lowest: v128, highest: v128, to: usize, bytes: usize,
): void {
  const s0 = pixelRow(f, stepF, row), s1 = pixelRow(f + stepF, stepF, row);
  const s2 = pixelRow(f + 2 * stepF, stepF, row), s3 = pixelRow(f + 3 * stepF, stepF, row);
  const left = f32x4.add(bias, f32x4.add(f32x4.add(s0, s1), s2));
  v128.store(to, f32x4.min(f32x4.max(left, lowest), highest));
  if (!bytes) return;
  const right = f32x4.add(bias, f32x4.sub(f32x4.sub(s1, s2), s3));
  v128.store(to + bytes, f32x4.min(f32x4.max(right, lowest), highest));
}

/** Row `row` of A' times a column of M, whose elements lie 4 * stepF apart. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function pixelRow(f: usize, stepF: usize, row: i32): v128 {
  const m1 = v128.load(f + 4 * stepF), m2 = v128.load(f + 8 * stepF);
  if (row == 0) return f32x4.add(f32x4.add(v128.load(f), m1), m2);
  return f32x4.sub(f32x4.sub(m1, m2), v128.load(f + 12 * stepF));
}

/** Writes the largest of four, the first of equals, and which it was; with relu 0 and -1 where none is above 0. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function writePooled(to: usize, codes: usize, relu: i32, y0: v128, y1: v128, y2: v128, y3: v128): void {
  const right0 = f32x4.gt(y1, y0), right1 = f32x4.gt(y3, y2);
  const best0 = v128.bitselect(y1, y0, right0), best1 = v128.bitselect(y3, y2, right1);
  const below = f32x4.gt(best1, best0);
  let best = v128.bitselect(best1, best0, below);
  // What is true is -1.
  let code = i32x4.neg(i32x4.add(i32x4.add(below, below), v128.bitselect(right1, right0, below)));
  if (relu) {
    code = v128.or(code, f32x4.le(best, f32x4.splat(0)));
    best = f32x4.max(best, f32x4.splat(0));
  }
  v128.store(to, best);
  v128.store(codes, code);
}

/** dM = A dy A', where dy of a window is the pooled value's gradient at the pixel that was the largest. */
function spreadGradient(w: Winograd, first: i32, count: i32, m: usize): void {
  const bytes = <usize>w.filters << 2;
  const stepF = <usize>count * bytes;
  const place = <usize>first * bytes;
  for (let i = 0; i < count; i++) {
    const to = m + <usize>i * bytes;
    const from = place + <usize>i * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      const g = v128.load(w.dy + from + at);
      const code = v128.load(w.codes + from + at);
      const y00 = v128.and(g, i32x4.eq(code, i32x4.splat(0)));
      const y01 = v128.and(g, i32x4.eq(code, i32x4.splat(1)));
      const y10 = v128.and(g, i32x4.eq(code, i32x4.splat(2)));
      const y11 = v128.and(g, i32x4.eq(code, i32x4.splat(3)));
      storeTile(to + at, stepF, y00, y01, y10, y11);
    }
  }
}

/** dM = A dy A' of the output's gradient, 0 beyond its last row or column. */
function readGradient(w: Winograd, first: i32, count: i32, m: usize, zeros: usize): void {
  const bytes = <usize>w.filters << 2;
  const stepF = <usize>count * bytes;
  const row = <usize>w.outWidth * bytes;
  const tiles = w.down * w.across;
  for (let i = 0; i < count; i++) {
    const image = (first + i) / tiles;
    const tile = first + i - image * tiles;
    const y = (tile / w.across) * 2, x = (tile % w.across) * 2;
    const below = y + 1 < w.outHeight, right = x + 1 < w.outWidth;
    const p00 = w.dy + <usize>((image * w.outHeight + y) * w.outWidth + x) * bytes;
    const p01 = right ? p00 + bytes : zeros, p10 = below ? p00 + row : zeros;
    const p11 = below && right ? p00 + row + bytes : zeros;
    const to = m + <usize>i * bytes;
    for (let at: usize = 0; at < bytes; at += 16)
      storeTile(
        to + at, stepF, v128.load(p00 + at), v128.load(p01 + at), v128.load(p10 + at), v128.load(p11 + at),
      );
  }
}

/** The 16 numbers of A dy A' of 2 x 2. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function storeTile(to: usize, stepF: usize, y00: v128, y01: v128, y10: v128, y11: v128): void {
  let f = storeRow(to, stepF, y00, y01);
  f = storeRow(f, stepF, f32x4.add(y00, y10), f32x4.add(y01, y11));
  f = storeRow(f, stepF, f32x4.sub(y00, y10), f32x4.sub(y01, y11));
  storeRow(f, stepF, f32x4.neg(y10), f32x4.neg(y11));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function storeRow(f: usize, stepF: usize, y0: v128, y1: v128): usize {
  v128.store(f, y0);
  v128.store(f + stepF, f32x4.add(y0, y1));
  v128.store(f + 2 * stepF, f32x4.sub(y0, y1));
  v128.store(f + 3 * stepF, f32x4.neg(y1));
  return f + 4 * stepF;
}

/** dd = B dV B' of `count` tiles, added to dx where they lie. */
function addTiles(w: Winograd, first: i32, count: i32, dv: usize): void {
  const bytes = <usize>w.channels << 2;
  const stepF = <usize>count * bytes;
  const tiles = w.down * w.across;
  for (let i = 0; i < count; i++) {
    const image = (first + i) / tiles;
    const tile = first + i - image * tiles;
    const dx = w.dx + <usize>(image * w.height * w.width) * bytes;
    const top = (tile / w.across) * 2 - w.padTop;
    const left = (tile % w.across) * 2 - w.padLeft;
    const from = dv + <usize>i * bytes;
    for (let row = 0; row < 4; row++) {
      if (top + row < 0 || top + row >= w.height) continue;
      const target = dx + <usize>(top + row) * <usize>w.width * bytes;
      for (let at: usize = 0; at < bytes; at += 16) {
        const f = from + at;
        const t0 = rowOf(f, stepF, row), t1 = rowOf(f + stepF, stepF, row);
        const t2 = rowOf(f + 2 * stepF, stepF, row), t3 = rowOf(f + 3 * stepF, stepF, row);
        const to = target + at;
        addAt(w, to, left, bytes, t0);
        addAt(w, to, left + 1, bytes, f32x4.add(f32x4.sub(t1, t2), t3));
        addAt(w, to, left + 2, bytes, f32x4.sub(f32x4.add(t1, t2), t0));
        addAt(w, to, left + 3, bytes, f32x4.neg(t3));
      }
    }
  }
}

/** Row `row` of B times a column of dV, whose elements lie 4 * stepF apart. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function rowOf(f: usize, stepF: usize, row: i32): v128 {
  if (row == 0) return v128.load(f);
  if (row == 3) return f32x4.neg(v128.load(f + 12 * stepF));
  const t1 = v128.load(f + 4 * stepF), t2 = v128.load(f + 8 * stepF);
  if (row == 1) return f32x4.add(f32x4.sub(t1, t2), v128.load(f + 12 * stepF));
  return f32x4.sub(f32x4.add(t1, t2), v128.load(f));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function addAt(w: Winograd, to: usize, column: i32, bytes: usize, value: v128): void {
  if (column < 0 || column >= w.width) return;
  const at = to + <usize>column * bytes;
  v128.store(at, f32x4.add(v128.load(at), value));
}

/**
 * U = GgG' of a filter [3, 3, channels, filters], and U transposed. Parameters: filter, u, turned (0 where nobody asks
 * for it), channels, filters, both multiples of 4. A chunk is four channels.
 */
export function winogradFilter(p: usize, chunk: i32): void {
  const channels = load<i32>(p, 12), filters = load<i32>(p, 16);
  const step = <usize>filters << 2, stepTurned = <usize>channels << 2;
  const size = <usize>channels * step;
  const first = <usize>(4 * chunk) * step;
  const turned = load<usize>(p, 8) + (<usize>chunk << 4);
  for (let at: usize = 0; at < step; at += 16) {
    for (let i: usize = 0; i < 4; i++)
      filterTile(load<usize>(p) + first + i * step + at, size, load<usize>(p, 4) + first + i * step + at);
    const u = load<usize>(p, 4) + first + at, to = turned + (at >> 2) * stepTurned;
    if (!load<usize>(p, 8)) continue;
    for (let f: usize = 0; f < 16; f++) turnSquare(u + f * size, step, to + f * size, stepTurned);
  }
}

/** The 16 numbers of U from the 9 of the filter, of four filters: `size` bytes from number to number. */
function filterTile(g: usize, size: usize, u: usize): void {
  const half = f32x4.splat(0.5);
  for (let row: usize = 0; row < 3; row++) {
    // A column of Gg, kept in the scratch.
    const g0 = v128.load(g + row * size), g1 = v128.load(g + (row + 3) * size), g2 = v128.load(g + (row + 6) * size);
    const ends = f32x4.mul(half, f32x4.add(g0, g2)), middle = f32x4.mul(half, g1);
    const keep = scratch + (row << 4);
    v128.store(keep, g0);
    v128.store(keep, f32x4.add(ends, middle), 48);
    v128.store(keep, f32x4.sub(ends, middle), 96);
    v128.store(keep, g2, 144);
  }
  for (let row: usize = 0; row < 4; row++) {
    const keep = scratch + row * 48;
    const g0 = v128.load(keep), g1 = v128.load(keep, 16), g2 = v128.load(keep, 32);
    const ends = f32x4.mul(half, f32x4.add(g0, g2)), middle = f32x4.mul(half, g1);
    v128.store(u, g0);
    v128.store(u + size, f32x4.add(ends, middle));
    v128.store(u + 2 * size, f32x4.sub(ends, middle));
    v128.store(u + 3 * size, g2);
    u += 4 * size;
  }
}

/** Turns 4 x 4 numbers over. */
function turnSquare(from: usize, step: usize, to: usize, stepTo: usize): void {
  const r0 = v128.load(from), r1 = v128.load(from + step);
  const r2 = v128.load(from + 2 * step), r3 = v128.load(from + 3 * step);
  const low0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high0 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low1 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high1 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low0, low1, 0, 1, 4, 5));
  v128.store(to + stepTo, v128.shuffle<f32>(low0, low1, 2, 3, 6, 7));
  v128.store(to + 2 * stepTo, v128.shuffle<f32>(high0, high1, 0, 1, 4, 5));
  v128.store(to + 3 * stepTo, v128.shuffle<f32>(high0, high1, 2, 3, 6, 7));
}

/**
 * The filter's gradient G'dU G from the parts' sums of dU, added in their order. Parameters: sums, to, channels,
 * filters (a multiple of 4), parts. A chunk is a channel.
 */
export function winogradFilterGradient(p: usize, chunk: i32): void {
  const channels = load<i32>(p, 8), filters = load<i32>(p, 12), parts = load<i32>(p, 16);
  const bytes = <usize>filters << 2;
  const size = <usize>channels * bytes;
  const du = scratch + 192;
  addParts(load<usize>(p) + <usize>chunk * bytes, size, parts, du, bytes, 16);
  const to = load<usize>(p, 4) + <usize>chunk * bytes;
  const half = f32x4.splat(0.5);
  for (let at: usize = 0; at < bytes; at += 16) {
    for (let column: usize = 0; column < 4; column++) {
      // Column by column of G'dU, kept in the scratch: three vectors for each of four columns.
      const f = du + at + column * bytes;
      const u1 = v128.load(f + 4 * bytes), u2 = v128.load(f + 8 * bytes);
      const middle = f32x4.mul(half, f32x4.add(u1, u2));
      const keep = scratch + column * 48;
      v128.store(keep, f32x4.add(v128.load(f), middle));
      v128.store(keep, f32x4.mul(half, f32x4.sub(u1, u2)), 16);
      v128.store(keep, f32x4.add(middle, v128.load(f + 12 * bytes)), 32);
    }
    for (let row: usize = 0; row < 3; row++) {
      const keep = scratch + row * 16;
      const u1 = v128.load(keep, 48), u2 = v128.load(keep, 96);
      const middle = f32x4.mul(half, f32x4.add(u1, u2));
      const g = to + at + 3 * row * size;
      v128.store(g, f32x4.add(v128.load(keep), middle));
      v128.store(g + size, f32x4.mul(half, f32x4.sub(u1, u2)));
      v128.store(g + 2 * size, f32x4.add(middle, v128.load(keep, 144)));
    }
  }
}

/** The sums over the parts of `points` rows, `size` bytes apart, each `bytes` long. */
export function addParts(from: usize, size: usize, parts: i32, to: usize, bytes: usize, points: i32): void {
  const step = <usize>points * size;
  for (let f = 0; f < points; f++, from += size, to += bytes) {
    memory.copy(to, from, bytes);
    for (let part = 1, other = from + step; part < parts; part++, other += step)
      for (let at: usize = 0; at < bytes; at += 16)
        v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(other + at)));
  }
}
