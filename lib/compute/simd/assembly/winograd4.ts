// Convolution of 3 x 3, stride 1, by Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, 2016): 36 multiplications
// where there were 144. The steps are those of winograd.ts, on tiles of 6 x 6 pixels. The points 0, 1, -1, 1/2, -2 and
// infinity lose the fewest digits (Barabasz, Anderson, Soodhalter and Gregg, "Error Analysis and Improving the Accuracy of
// Winograd Convolution for Deep Neural Networks", 2020).
import { scratch, SCRATCH_BYTES } from "../../../threads/assembly/pool";
import { madd } from "./madd";
import { isNative, nativeFilterBackward, nativeFilterForward } from "./native";
import { LINEAR, RELU6, ROWS, TILE_BYTES } from "./tiles";
import { addParts, gather, multiply, pixel, Winograd, zeroBytes } from "./winograd";

/** Numbers of a transformed tile. */
const POINTS: i32 = 36;
/** Bytes for the addresses of a tile's pixels. */
const ADDRESSES: usize = 160;
/** Bytes for a tile that is half transformed, of four channels. */
const HALF: usize = 576;

// The scratch: what `multiply` needs, a pixel of zeros, addresses, a half-transformed tile, then V and M.

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function zerosOf(): usize {
  return scratch + TILE_BYTES + 64;
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function addressesOf(w: Winograd): usize {
  return zerosOf() + zeroBytes(w);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function halfOf(w: Winograd): usize {
  return addressesOf(w) + ADDRESSES;
}

/** Bytes that V and M take together, so that U has room beside them in the cache of a core. */
const MOST_BYTES: i32 = 1 << 18;

/** Tiles that are worked on at once: a multiple of a tile's rows. */
function tilesAtOnce(w: Winograd): i32 {
  const most = MOST_BYTES / (4 * POINTS * (w.channels + w.filters));
  return max(ROWS, (most / ROWS) * ROWS);
}

/** Bytes from one matrix of so many tiles to the next: not the same place of the cache for all of them. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function matrixBytes(count: i32, width: i32): usize {
  return (<usize>(count * width) << 2) + 64;
}

/** The output of a chunk of tiles. */
export function winograd4Forward(p: usize, chunk: i32): void {
  if (isNative) return nativeFilterForward(p, chunk);
  const w = changetype<Winograd>(p);
  const most = tilesAtOnce(w);
  const v = halfOf(w) + HALF;
  const m = v + <usize>POINTS * matrixBytes(most, w.channels);
  memory.fill(zerosOf(), 0, zeroBytes(w));
  const last = min((chunk + 1) * w.share, w.images * w.down * w.across);
  for (let first = chunk * w.share; first < last; first += most) {
    const count = min(most, last - first);
    readTiles(w, first, count, v);
    for (let f = 0; f < POINTS; f++)
      multiply(
        v + <usize>f * matrixBytes(count, w.channels), w.channels, w.u + (<usize>(f * w.channels * w.filters) << 2),
        w.filters, m + <usize>f * matrixBytes(count, w.filters), count,
      );
    writeTiles(w, first, count, m);
  }
}

/** The sum of dU over a chunk of tiles. */
export function winograd4Backward(p: usize, chunk: i32): void {
  if (isNative) return nativeFilterBackward(p, chunk);
  const w = changetype<Winograd>(p);
  const most = tilesAtOnce(w);
  const v = halfOf(w) + HALF;
  const m = v + <usize>POINTS * matrixBytes(most, w.channels);
  const du = w.du + (<usize>(chunk * w.channels * w.filters * POINTS) << 2);
  memory.fill(zerosOf(), 0, zeroBytes(w));
  const start = chunk * w.share;
  const last = min(start + w.share, w.images * w.down * w.across);
  for (let first = start; first < last; first += most) {
    const count = min(most, last - first);
    readTiles(w, first, count, v);
    readGradient(w, first, count, m);
    for (let f = 0; f < POINTS; f++)
      gather(
        v + <usize>f * matrixBytes(count, w.channels), w.channels, m + <usize>f * matrixBytes(count, w.filters), w.filters,
        count, du + (<usize>(f * w.channels * w.filters) << 2), first > start,
      );
  }
}

/** B' times six numbers `step` bytes apart, to six that are `stepTo` bytes apart. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function transformInput(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, step: usize): void {
  const half = f32x4.splat(0.5), two = f32x4.splat(2), threeHalves = f32x4.splat(1.5), fiveHalves = f32x4.splat(2.5);
  const a = f32x4.sub(d4, d2), b = f32x4.sub(d3, d1);
  v128.store(to, f32x4.add(d0, madd(threeHalves, b, f32x4.sub(d4, f32x4.mul(two, d2)))));
  v128.store(to + step, f32x4.sub(madd(fiveHalves, d3, madd(half, d2, d4)), d1));
  v128.store(to + 2 * step, f32x4.add(f32x4.sub(madd(half, d3, d4), f32x4.mul(fiveHalves, d2)), d1));
  v128.store(to + 3 * step, madd(two, b, a));
  v128.store(to + 4 * step, f32x4.sub(a, f32x4.mul(half, b)));
  v128.store(to + 5 * step, f32x4.add(d5, madd(threeHalves, a, f32x4.sub(d1, f32x4.mul(two, d3)))));
}

/** V = B'dB of `count` tiles. */
function readTiles(w: Winograd, first: i32, count: i32, v: usize): void {
  const bytes = <usize>w.channels << 2;
  const stepF = matrixBytes(count, w.channels);
  const tiles = w.down * w.across;
  const addresses = addressesOf(w), half = halfOf(w), zeros = zerosOf();
  for (let i = 0; i < count; i++) {
    const image = (first + i) / tiles;
    const tile = first + i - image * tiles;
    const x = w.x + <usize>(image * w.height * w.width) * bytes;
    const top = (tile / w.across) * 4 - w.padTop;
    const left = (tile % w.across) * 4 - w.padLeft;
    for (let row = 0, at = addresses; row < 6; row++)
      for (let column = 0; column < 6; column++, at += 4) store<usize>(at, pixel(w, x, top + row, left + column, zeros));
    const to = v + <usize>i * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      for (let column: usize = 0; column < 6; column++) {
        const from = addresses + (column << 2);
        transformInput(
          v128.load(load<usize>(from) + at), v128.load(load<usize>(from, 24) + at), v128.load(load<usize>(from, 48) + at),
          v128.load(load<usize>(from, 72) + at), v128.load(load<usize>(from, 96) + at), v128.load(load<usize>(from, 120) + at),
          half + (column << 4), 96,
        );
      }
      for (let row: usize = 0; row < 6; row++) {
        const from = half + row * 96;
        transformInput(
          v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48), v128.load(from, 64),
          v128.load(from, 80), to + at + 6 * row * stepF, stepF,
        );
      }
    }
  }
}

/** The rows of A' times six numbers. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function output0(m0: v128, sum: v128, m3: v128, m4: v128): v128 {
  return f32x4.add(f32x4.add(m0, sum), f32x4.add(m3, m4));
}
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function output1(difference: v128, m3: v128, m4: v128): v128 {
  return madd(f32x4.splat(-2), m4, madd(f32x4.splat(0.5), m3, difference));
}
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function output2(sum: v128, m3: v128, m4: v128): v128 {
  return madd(f32x4.splat(4), m4, madd(f32x4.splat(0.25), m3, sum));
}
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function output3(difference: v128, m3: v128, m4: v128, m5: v128): v128 {
  return f32x4.add(madd(f32x4.splat(-8), m4, madd(f32x4.splat(0.125), m3, difference)), m5);
}

/** y = A'MA, the bias, the activation; pixels beyond the output's last row or column are left aside. */
function writeTiles(w: Winograd, first: i32, count: i32, m: usize): void {
  const bytes = <usize>w.filters << 2;
  const stepF = matrixBytes(count, w.filters);
  const line = <usize>w.outWidth * bytes;
  const tiles = w.down * w.across;
  const half = halfOf(w);
  const lowest = f32x4.splat(w.activation == LINEAR ? -Infinity : 0);
  const highest = f32x4.splat(w.activation == RELU6 ? 6 : Infinity);
  for (let i = 0; i < count; i++) {
    const image = (first + i) / tiles;
    const tile = first + i - image * tiles;
    const y = (tile / w.across) * 4, x = (tile % w.across) * 4;
    const rows = min(4, w.outHeight - y), columns = min(4, w.outWidth - x);
    const place = w.to + <usize>((image * w.outHeight + y) * w.outWidth + x) * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      const from = m + <usize>i * bytes + at;
      for (let column: usize = 0; column < 6; column++) {
        const f = from + column * stepF, to = half + (column << 4);
        const m1 = v128.load(f + 6 * stepF), m2 = v128.load(f + 12 * stepF);
        const m3 = v128.load(f + 18 * stepF), m4 = v128.load(f + 24 * stepF);
        const sum = f32x4.add(m1, m2), difference = f32x4.sub(m1, m2);
        v128.store(to, output0(v128.load(f), sum, m3, m4));
        v128.store(to, output1(difference, m3, m4), 96);
        v128.store(to, output2(sum, m3, m4), 192);
        v128.store(to, output3(difference, m3, m4, v128.load(f + 30 * stepF)), 288);
      }
      const bias = w.bias ? v128.load(w.bias + at) : f32x4.splat(0);
      for (let row = 0; row < rows; row++) {
        const f = half + <usize>row * 96;
        const to = place + <usize>row * line + at;
        const m1 = v128.load(f, 16), m2 = v128.load(f, 32), m3 = v128.load(f, 48), m4 = v128.load(f, 64);
        const sum = f32x4.add(f32x4.add(m1, m2), bias), difference = f32x4.add(f32x4.sub(m1, m2), bias);
        v128.store(to, clamp(output0(v128.load(f), sum, m3, m4), lowest, highest));
        if (columns > 1) v128.store(to + bytes, clamp(output1(difference, m3, m4), lowest, highest));
        if (columns > 2) v128.store(to + 2 * bytes, clamp(output2(sum, m3, m4), lowest, highest));
        if (columns > 3) v128.store(to + 3 * bytes, clamp(output3(difference, m3, m4, v128.load(f, 80)), lowest, highest));
      }
    }
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function clamp(value: v128, lowest: v128, highest: v128): v128 {
  return f32x4.min(f32x4.max(value, lowest), highest);
}

/** A times four numbers, to six that are `step` bytes apart. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function transformGradient(y0: v128, y1: v128, y2: v128, y3: v128, to: usize, step: usize): void {
  const even = f32x4.add(y0, y2), odd = f32x4.add(y1, y3);
  v128.store(to, y0);
  v128.store(to + step, f32x4.add(even, odd));
  v128.store(to + 2 * step, f32x4.sub(even, odd));
  v128.store(to + 3 * step, madd(f32x4.splat(0.125), y3, madd(f32x4.splat(0.25), y2, madd(f32x4.splat(0.5), y1, y0))));
  v128.store(to + 4 * step, madd(f32x4.splat(-8), y3, madd(f32x4.splat(4), y2, madd(f32x4.splat(-2), y1, y0))));
  v128.store(to + 5 * step, y3);
}

/** dM = A dy A' of the output's gradient, 0 beyond its last row or column. */
function readGradient(w: Winograd, first: i32, count: i32, m: usize): void {
  const bytes = <usize>w.filters << 2;
  const stepF = matrixBytes(count, w.filters);
  const tiles = w.down * w.across;
  const addresses = addressesOf(w), half = halfOf(w), zeros = zerosOf();
  for (let i = 0; i < count; i++) {
    const image = (first + i) / tiles;
    const tile = first + i - image * tiles;
    const y = (tile / w.across) * 4, x = (tile % w.across) * 4;
    for (let row = 0, at = addresses; row < 4; row++)
      for (let column = 0; column < 4; column++, at += 4) {
        const isInside = y + row < w.outHeight && x + column < w.outWidth;
        const place = <usize>((image * w.outHeight + y + row) * w.outWidth + x + column) * bytes;
        store<usize>(at, isInside ? w.dy + place : zeros);
      }
    const to = m + <usize>i * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      for (let column: usize = 0; column < 4; column++) {
        const from = addresses + (column << 2);
        transformGradient(
          v128.load(load<usize>(from) + at), v128.load(load<usize>(from, 16) + at),
          v128.load(load<usize>(from, 32) + at), v128.load(load<usize>(from, 48) + at), half + (column << 4), 64,
        );
      }
      for (let row: usize = 0; row < 6; row++) {
        const from = half + (row << 6);
        transformGradient(
          v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48), to + at + 6 * row * stepF, stepF,
        );
      }
    }
  }
}

/** G times three numbers, to six that are `step` bytes apart. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function transformFilter(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  const third = f32x4.splat(<f32>1 / <f32>3), fifteenth = f32x4.splat(<f32>1 / <f32>15);
  const ends = f32x4.add(g0, g2);
  v128.store(to, g0);
  v128.store(to + step, f32x4.mul(third, f32x4.add(ends, g1)));
  v128.store(to + 2 * step, f32x4.mul(third, f32x4.sub(g1, ends)));
  const three = madd(f32x4.splat(-4), g2, madd(f32x4.splat(-8), g1, f32x4.mul(f32x4.splat(-16), g0)));
  v128.store(to + 3 * step, f32x4.mul(fifteenth, three));
  v128.store(to + 4 * step, f32x4.mul(fifteenth, madd(f32x4.splat(4), g2, madd(f32x4.splat(-2), g1, g0))));
  v128.store(to + 5 * step, g2);
}

/**
 * U = GgG' of a filter [3, 3, channels, filters]. Parameters: filter, u, channels, filters, a multiple of 4. A chunk is a
 * channel.
 */
export function winograd4Filter(p: usize, chunk: i32): void {
  const channels = load<i32>(p, 8), filters = load<i32>(p, 12);
  const bytes = <usize>filters << 2;
  const size = <usize>channels * bytes;
  const own = <usize>chunk * bytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = load<usize>(p) + own + at, u = load<usize>(p, 4) + own + at;
    for (let column: usize = 0; column < 3; column++) {
      const from = g + column * size;
      transformFilter(
        v128.load(from), v128.load(from + 3 * size), v128.load(from + 6 * size), scratch + (column << 4), 48,
      );
    }
    for (let row: usize = 0; row < 6; row++) {
      const from = scratch + row * 48;
      transformFilter(v128.load(from), v128.load(from, 16), v128.load(from, 32), u + 6 * row * size, size);
    }
  }
}

/** G' times six numbers, to three that are `step` bytes apart. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function gatherFilter(u0: v128, u1: v128, u2: v128, u3: v128, u4: v128, u5: v128, to: usize, step: usize): void {
  const third = f32x4.splat(<f32>1 / <f32>3), fifteenth = f32x4.splat(<f32>1 / <f32>15);
  const sum = f32x4.mul(third, f32x4.add(u1, u2)), difference = f32x4.mul(third, f32x4.sub(u1, u2));
  v128.store(to, f32x4.add(f32x4.add(u0, difference), f32x4.mul(fifteenth, madd(f32x4.splat(-16), u3, u4))));
  v128.store(to + step, f32x4.sub(sum, f32x4.mul(fifteenth, madd(f32x4.splat(8), u3, f32x4.add(u4, u4)))));
  const four = f32x4.mul(f32x4.splat(4), f32x4.sub(u4, u3));
  v128.store(to + 2 * step, f32x4.add(f32x4.add(difference, u5), f32x4.mul(fifteenth, four)));
}

/**
 * The filter's gradient G'dU G from the parts' sums of dU, added in their order. Parameters: sums, to, channels,
 * filters (a multiple of 4), parts. A chunk is a channel.
 */
export function winograd4FilterGradient(p: usize, chunk: i32): void {
  const channels = load<i32>(p, 8), filters = load<i32>(p, 12), parts = load<i32>(p, 16);
  const bytes = <usize>filters << 2;
  const size = <usize>channels * bytes;
  const du = scratch + 288;
  addParts(load<usize>(p) + <usize>chunk * bytes, size, parts, du, bytes, POINTS);
  const to = load<usize>(p, 4) + <usize>chunk * bytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    for (let column: usize = 0; column < 6; column++) {
      const f = du + at + column * bytes;
      gatherFilter(
        v128.load(f), v128.load(f + 6 * bytes), v128.load(f + 12 * bytes), v128.load(f + 18 * bytes),
        v128.load(f + 24 * bytes), v128.load(f + 30 * bytes), scratch + (column << 4), 96,
      );
    }
    for (let row: usize = 0; row < 3; row++) {
      const from = scratch + row * 96;
      gatherFilter(
        v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48), v128.load(from, 64),
        v128.load(from, 80), to + at + 3 * row * size, size,
      );
    }
  }
}
