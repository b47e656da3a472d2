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
import { COLUMN_ROWS, COLUMNS, finishTile, ROWS, TILE_BYTES, tileColumns, tileRows, tileTo } from "./tiles";

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
  return max(ROWS, min(w.down * w.across, (most / ROWS) * ROWS));
}

/** The pooled output of a chunk of images. */
export function winogradForward(p: usize, chunk: i32): void {
  const w = changetype<Winograd>(p);
  const tiles = w.down * w.across;
  const most = tilesAtOnce(w);
  const zeros = scratch + TILE_BYTES + 64;
  const v = zeros + (<usize>w.channels << 2);
  const m = v + ((<usize>(most * w.channels)) << 6);
  memory.fill(zeros, 0, <usize>w.channels << 2);
  const last = min((chunk + 1) * w.share, w.images);
  for (let image = chunk * w.share; image < last; image++)
    for (let first = 0; first < tiles; first += most) {
      const count = min(most, tiles - first);
      readTiles(w, image, first, count, v, zeros);
      for (let f = 0; f < 16; f++)
        multiply(
          v + ((<usize>(f * count * w.channels)) << 2), w.channels, w.u + ((<usize>(f * w.channels * w.filters)) << 2),
          w.filters, m + ((<usize>(f * count * w.filters)) << 2), count,
        );
      poolTiles(w, image, first, count, m);
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
  const start = chunk * w.share;
  const last = min(start + w.share, w.images);
  for (let image = start; image < last; image++) {
    if (w.dx) memory.fill(w.dx + <usize>image * size, 0, size);
    for (let first = 0; first < tiles; first += most) {
      const count = min(most, tiles - first);
      readTiles(w, image, first, count, v, zeros);
      spreadGradient(w, image, first, count, m);
      for (let f = 0; f < 16; f++) {
        const vf = v + ((<usize>(f * count * w.channels)) << 2);
        const mf = m + ((<usize>(f * count * w.filters)) << 2);
        const matrix = (<usize>(f * w.channels * w.filters)) << 2;
        gather(vf, w.channels, mf, w.filters, count, du + matrix, image > start || first > 0);
        if (w.dx) multiply(mf, w.filters, w.turned + matrix, w.channels, dv + ((<usize>(f * count * w.channels)) << 2), count);
      }
      if (w.dx) addTiles(w, image, first, count, dv);
    }
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
      tileRows(table, 1, depth, b + at, step, scratch);
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
      tileColumns(v + (<usize>channel << 2), stepV, 0, m + at, step, 0, rows, 1, scratch);
      finishTile(scratch, to + <usize>channel * step + at, step, COLUMN_ROWS, COLUMNS, add, 0, 0);
    }
  }
}

/** V = B'dB of `count` tiles of an image. */
function readTiles(w: Winograd, image: i32, first: i32, count: i32, v: usize, zeros: usize): void {
  const bytes = <usize>w.channels << 2;
  const x = w.x + <usize>(image * w.height * w.width) * bytes;
  const stepF = <usize>count * bytes;
  for (let i = 0; i < count; i++) {
    const tile = first + i;
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
function poolTiles(w: Winograd, image: i32, first: i32, count: i32, m: usize): void {
  const bytes = <usize>w.filters << 2;
  const stepF = <usize>count * bytes;
  const place = <usize>(image * w.down * w.across + first) * bytes;
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
  let code = i32x4.splat(0);
  let best = y0;
  let better = f32x4.gt(y1, best);
  best = v128.bitselect(y1, best, better);
  code = v128.bitselect(i32x4.splat(1), code, better);
  better = f32x4.gt(y2, best);
  best = v128.bitselect(y2, best, better);
  code = v128.bitselect(i32x4.splat(2), code, better);
  better = f32x4.gt(y3, best);
  best = v128.bitselect(y3, best, better);
  code = v128.bitselect(i32x4.splat(3), code, better);
  if (relu) {
    code = v128.or(code, f32x4.le(best, f32x4.splat(0)));
    best = f32x4.max(best, f32x4.splat(0));
  }
  v128.store(to, best);
  v128.store(codes, code);
}

/** dM = A dy A', where dy of a window is the pooled value's gradient at the pixel that was the largest. */
function spreadGradient(w: Winograd, image: i32, first: i32, count: i32, m: usize): void {
  const bytes = <usize>w.filters << 2;
  const stepF = <usize>count * bytes;
  const place = <usize>(image * w.down * w.across + first) * bytes;
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
function addTiles(w: Winograd, image: i32, first: i32, count: i32, dv: usize): void {
  const bytes = <usize>w.channels << 2;
  const dx = w.dx + <usize>(image * w.height * w.width) * bytes;
  const stepF = <usize>count * bytes;
  for (let i = 0; i < count; i++) {
    const tile = first + i;
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
 * U = GgG' of a filter [3, 3, channels, filters], and U transposed. Parameters: filter, u, turned, channels, filters. A
 * chunk is a channel.
 */
export function winogradFilter(p: usize, chunk: i32): void {
  const channels = load<i32>(p, 12), filters = load<i32>(p, 16);
  const size = <usize>(channels * filters) << 2;
  const filter = load<usize>(p) + (<usize>(chunk * filters) << 2);
  const u = load<usize>(p, 4) + (<usize>(chunk * filters) << 2);
  const turned = load<usize>(p, 8) + (<usize>chunk << 2);
  for (let i = 0; i < filters; i++) {
    for (let row = 0; row < 4; row++) {
      const g = filter + (<usize>i << 2);
      const g0 = mixed(g, size * 3, row), g1 = mixed(g + size, size * 3, row), g2 = mixed(g + 2 * size, size * 3, row);
      for (let column = 0; column < 4; column++) {
        const value = mix(g0, g1, g2, column);
        const f = <usize>(row * 4 + column) * size;
        store<f32>(u + f + (<usize>i << 2), value);
        store<f32>(turned + f + (<usize>(i * channels) << 2), value);
      }
    }
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function mixed(g: usize, step: usize, row: i32): f32 {
  return mix(load<f32>(g), load<f32>(g + step), load<f32>(g + 2 * step), row);
}

/** A row of G times a column of three. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function mix(g0: f32, g1: f32, g2: f32, row: i32): f32 {
  if (row == 0) return g0;
  if (row == 3) return g2;
  return <f32>0.5 * (row == 1 ? g0 + g1 + g2 : g0 - g1 + g2);
}

/**
 * The filter's gradient G'dU G from the parts' sums of dU, added in their order. Parameters: sums, to, channels,
 * filters (a multiple of 4), parts. A chunk is a channel.
 */
export function winogradFilterGradient(p: usize, chunk: i32): void {
  const channels = load<i32>(p, 8), filters = load<i32>(p, 12), parts = load<i32>(p, 16);
  const size = <usize>(channels * filters) << 2;
  const sums = load<usize>(p) + (<usize>(chunk * filters) << 2);
  const to = load<usize>(p, 4) + (<usize>(chunk * filters) << 2);
  for (let at: usize = 0, bytes = <usize>filters << 2; at < bytes; at += 16) {
    for (let column = 0; column < 4; column++) {
      // Column by column of G'dU, kept in the scratch: three vectors for each of four columns.
      const f = sums + at + <usize>column * size;
      const u0 = sumOf(f, size, parts), u1 = sumOf(f + 4 * size, size, parts);
      const u2 = sumOf(f + 8 * size, size, parts), u3 = sumOf(f + 12 * size, size, parts);
      const half = f32x4.mul(f32x4.splat(0.5), f32x4.add(u1, u2));
      const keep = scratch + <usize>(column * 48);
      v128.store(keep, f32x4.add(u0, half));
      v128.store(keep, f32x4.mul(f32x4.splat(0.5), f32x4.sub(u1, u2)), 16);
      v128.store(keep, f32x4.add(half, u3), 32);
    }
    for (let row = 0; row < 3; row++) {
      const keep = scratch + <usize>(row * 16);
      const u0 = v128.load(keep), u1 = v128.load(keep, 48), u2 = v128.load(keep, 96), u3 = v128.load(keep, 144);
      const half = f32x4.mul(f32x4.splat(0.5), f32x4.add(u1, u2));
      const g = to + at + <usize>(row * 3) * size;
      v128.store(g, f32x4.add(u0, half));
      v128.store(g + size, f32x4.mul(f32x4.splat(0.5), f32x4.sub(u1, u2)));
      v128.store(g + 2 * size, f32x4.add(half, u3));
    }
  }
}

function sumOf(f: usize, size: usize, parts: i32): v128 {
  let sum = v128.load(f);
  for (let part = 1; part < parts; part++) sum = f32x4.add(sum, v128.load(f + <usize>part * 16 * size));
  return sum;
}
