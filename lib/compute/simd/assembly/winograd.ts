// Convolution of 3 x 3, stride 1, followed by max pooling of 2 x 2, by Winograd's minimal filtering F(2x2, 3x3) (Lavin
// and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016): 16 multiplications where there were 36. An
// output tile is a pooling window, so neither the convolution's output nor its gradient ever lies in memory.
//
//   V = B'dB  of each tile of 4 x 4 pixels of x        16 matrices [tiles, channels]
//   U = GgG'  of the filter                            16 matrices [channels, filters]
//   M = V U                                            16 matrices [tiles, filters],  y = A'MA, pooled
//
// The gradients are the adjoints of these steps in reverse: dM = A dy A', dU = V'dM, dV = dM U', dg = G'dU G, dd = B dV B'.
import { scratch, SCRATCH_BYTES } from "../../../threads/assembly/pool";
import { clearTile, COLUMN_ROWS, COLUMNS, finishTile, ROWS, TILE_BYTES, tileColumnsOnto, tileRows, tileTo } from "./tiles";

@unmanaged
class Winograd {
  /** Images [images, height, width, channels]. */
  x: usize;
  /** U, 16 matrices [channels, filters]. */
  u: usize;
  /** U transposed, 16 matrices [filters, channels]. */
  turned: usize;
  bias: usize;
  /** The pooled output [images, down, across, filters]. */
  to: usize;
  /** Which of its four pixels each pooled value is, -1 where relu stopped it: int32, in the shape of `to`. */
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
  down: i32;
  across: i32;
  relu: i32;
  /** Images of a chunk. */
  share: i32;
}

/** Tiles that are worked on at once, so that V, M and dV stay in the thread's scratch: a multiple of a tile's rows. */
function tilesAtOnce(w: Winograd): i32 {
  const bytes = 64 * (2 * w.channels + w.filters);
  const most = (SCRATCH_BYTES - <i32>TILE_BYTES - 64 - 4 * w.channels) / bytes;
  return max(ROWS, (most / ROWS) * ROWS);
}

/** The pooled output of a chunk of images. */
export function winogradForward(p: usize, chunk: i32): void {
  const w = changetype<Winograd>(p);
  const most = tilesAtOnce(w);
  const zeros = scratch + TILE_BYTES + 64;
  const v = zeros + (<usize>w.channels << 2);
  const m = v + ((<usize>(most * w.channels)) << 6);
  memory.fill(zeros, 0, <usize>w.channels << 2);
  const last = min((chunk + 1) * w.share, w.images) * w.down * w.across;
  for (let first = chunk * w.share * w.down * w.across; first < last; first += most) {
    const count = min(most, last - first);
    readTiles(w, first, count, v, zeros);
    for (let f = 0; f < 16; f++)
      multiply(
        v + ((<usize>(f * count * w.channels)) << 2), w.channels, w.u + ((<usize>(f * w.channels * w.filters)) << 2),
        w.filters, m + ((<usize>(f * count * w.filters)) << 2), count,
      );
    poolTiles(w, first, count, m);
  }
}

/** The gradients of a chunk of images: into dx, and a sum of dU for the chunk. */
export function winogradBackward(p: usize, chunk: i32): void {
  const w = changetype<Winograd>(p);
  const tiles = w.down * w.across;
  const most = tilesAtOnce(w);
  const zeros = scratch + TILE_BYTES + 64;
  const v = zeros + (<usize>w.channels << 2);
  const m = v + ((<usize>(most * w.channels)) << 6);
  const dv = m + ((<usize>(most * w.filters)) << 6);
  const du = w.du + ((<usize>(chunk * w.channels * w.filters)) << 6);
  const size = <usize>(w.height * w.width * w.channels) << 2;
  memory.fill(zeros, 0, <usize>w.channels << 2);
  const image = chunk * w.share;
  const images = min(w.share, w.images - image);
  if (w.dx) memory.fill(w.dx + <usize>image * size, 0, <usize>images * size);
  const start = image * tiles;
  const last = start + images * tiles;
  for (let first = start; first < last; first += most) {
    const count = min(most, last - first);
    readTiles(w, first, count, v, zeros);
    spreadGradient(w, first, count, m);
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
function multiply(a: usize, depth: i32, b: usize, columns: i32, to: usize, rows: i32): void {
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
function gather(v: usize, channels: i32, m: usize, filters: i32, rows: i32, to: usize, add: bool): void {
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

function pixel(w: Winograd, x: usize, row: i32, column: i32, zeros: usize): usize {
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
        w.to + to + at, w.codes + to + at, w.relu,
        f32x4.add(bias, f32x4.add(f32x4.add(s00, s01), s02)), f32x4.add(bias, f32x4.sub(f32x4.sub(s01, s02), s03)),
        f32x4.add(bias, f32x4.add(f32x4.add(s10, s11), s12)), f32x4.add(bias, f32x4.sub(f32x4.sub(s11, s12), s13)),
      );
    }
  }
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
      let f = to + at;
      f = storeRow(f, stepF, y00, y01);
      f = storeRow(f, stepF, f32x4.add(y00, y10), f32x4.add(y01, y11));
      f = storeRow(f, stepF, f32x4.sub(y00, y10), f32x4.sub(y01, y11));
      storeRow(f, stepF, f32x4.neg(y10), f32x4.neg(y11));
    }
  }
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
 * U = GgG' of a filter [3, 3, channels, filters], and U transposed. Parameters: filter, u, turned, channels, filters,
 * both multiples of 4. A chunk is four channels.
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
  addParts(load<usize>(p) + <usize>chunk * bytes, size, parts, du, bytes);
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

/** The sums over the parts of 16 rows, `size` bytes apart, each `bytes` long. */
function addParts(from: usize, size: usize, parts: i32, to: usize, bytes: usize): void {
  for (let f = 0; f < 16; f++, from += size, to += bytes) {
    memory.copy(to, from, bytes);
    for (let part = 1, other = from + 16 * size; part < parts; part++, other += 16 * size)
      for (let at: usize = 0; at < bytes; at += 16)
        v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(other + at)));
  }
}
