// Convolution without a matrix of patches: a tile of four output pixels reads its taps where they lie, and taps beyond
// the border read zeros. The gradient of the input is the same convolution over dy with the filter turned; for a stride
// of s it is s x s of them, each with the taps that its pixels meet.
import { scratch } from "../../../threads/assembly/pool";
import { madd } from "./madd";
import { isNative, nativeConvolve, nativeGatherFilter } from "./native";
import { COLUMN_ROWS, COLUMNS, finishTile, LINEAR, RELU6, ROWS, TILE_BYTES, tileColumns, tileRows } from "./tiles";

/** Bytes from row to row of the filter from which on a panel of it is copied: see matMul.ts. */
const FAR: usize = 1024;
/** Bytes of images, and of their gradients, that are summed over at once: small ones stay near. */
const NEAR: usize = 1 << 16;
/** Filters from which on tiles are faster than one column at a time. */
const THIN: i32 = 4;
/** Numbers of a patch, and filters, of which the native convolution has room for some. */
const MOST_NATIVE: i32 = 8192;
/** Bytes of a panel that is copied at most. */
const PANEL_BYTES: usize = 1 << 18;

@unmanaged
class Conv {
  /** Images [images, height, width, channels]. */
  x: usize;
  /** The filter [taps down, taps across, channels, filters]. */
  filter: usize;
  to: usize;
  /** Address, or 0. */
  bias: usize;
  activation: i32;
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  filters: i32;
  tapsDown: i32;
  tapsAcross: i32;
  strideDown: i32;
  strideAcross: i32;
  dilationDown: i32;
  dilationAcross: i32;
  padTop: i32;
  padLeft: i32;
  /** Pixels of x lie this far apart, with zeros between; 1 for a plain image. */
  holeDown: i32;
  holeAcross: i32;
  /** Output pixels of a chunk. */
  pixels: i32;
  /** Whether the taps of a row may be read as one run: none beyond the border, no dilation across, no holes. */
  merged: i32;
  /** Pixels of a tile that are worked on together: 1 where the filter is not finite, which zeros beyond the border would meet. */
  together: i32;
  /** Where the output pixels lie among those of the whole result: 1, 1, 0, 0 where they are all of it. */
  spreadDown: i32;
  spreadAcross: i32;
  firstDown: i32;
  firstAcross: i32;
  wholeHeight: i32;
  wholeWidth: i32;
}

/** The convolution of a chunk of output pixels; `p` is a Conv. */
export function conv2d(p: usize, chunk: i32): void {
  const conv = changetype<Conv>(p);
  const total = conv.images * conv.outHeight * conv.outWidth;
  const first = chunk * conv.pixels;
  const last = min(first + conv.pixels, total);
  const run = conv.merged ? conv.tapsAcross * conv.channels : conv.channels;
  const taps = conv.merged ? conv.tapsDown : conv.tapsDown * conv.tapsAcross;
  const depth = taps * run;
  if (isNative && conv.together > 1 && depth <= MOST_NATIVE && conv.filters <= MOST_NATIVE) return nativeConvolve(p, chunk);
  const step = <usize>conv.filters << 2;
  const tile = scratch, zeros = tile + TILE_BYTES, table = zeros + (<usize>conv.channels << 2);
  const panel = table + <usize>taps * 16;
  memory.fill(zeros, 0, <usize>conv.channels << 2);
  const copied = step >= FAR && <usize>depth * 32 <= PANEL_BYTES && last - first > 2 * ROWS;
  const together = copied ? COLUMNS : conv.filters;
  const isSpread = conv.spreadDown != 1 || conv.spreadAcross != 1;
  for (let column = 0; column < conv.filters; column += together) {
    let filter = conv.filter + (<usize>column << 2);
    let stepFilter = step;
    if (copied) {
      for (let row = 0, from = filter, to = panel; row < depth; row++, from += step, to += 32) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
      filter = panel;
      stepFilter = 32;
    }
    const end = min(column + together, conv.filters);
    for (let pixel = first; pixel < last; pixel += conv.together) {
      fillTable(conv, table, zeros, pixel, min(pixel + conv.together, total) - 1);
      const rows = min(conv.together, last - pixel);
      const to = conv.to + <usize>pixel * step;
      for (let c = column; c < end; c += COLUMNS) {
        const at = <usize>c << 2;
        const bias = conv.bias ? conv.bias + at : 0;
        tileRows(table, taps, run, filter + (<usize>(c - column) << 2), stepFilter, zeros, tile);
        if (!isSpread) finishTile(tile, to + at, step, rows, end - c, false, bias, conv.activation);
        else
          for (let row = 0; row < rows; row++) {
            const there = conv.to + amongAll(conv, pixel + row) * step + at;
            finishTile(tile + (<usize>row << 5), there, step, 1, end - c, false, bias, conv.activation);
          }
      }
    }
  }
}

/**
 * As `conv2d`, for fewer filters than a tile has columns: each number is a dot product. The filter is turned over,
 * [filters, taps x channels], and a run of numbers is a multiple of four.
 */
export function conv2dDots(p: usize, chunk: i32): void {
  const conv = changetype<Conv>(p);
  const total = conv.images * conv.outHeight * conv.outWidth;
  const first = chunk * conv.pixels;
  const last = min(first + conv.pixels, total);
  const run = conv.merged ? conv.tapsAcross * conv.channels : conv.channels;
  const taps = conv.merged ? conv.tapsDown : conv.tapsDown * conv.tapsAcross;
  const bytes = <usize>(taps * run) << 2;
  const zeros = scratch + TILE_BYTES, table = zeros + (<usize>conv.channels << 2);
  memory.fill(zeros, 0, <usize>conv.channels << 2);
  const isSpread = conv.spreadDown != 1 || conv.spreadAcross != 1;
  for (let pixel = first; pixel < last; pixel += conv.together) {
    fillTable(conv, table, zeros, pixel, min(pixel + conv.together, total) - 1);
    const rows = min(conv.together, last - pixel);
    for (let filter = 0; filter < conv.filters; filter++) {
      dotsOf4(table, taps, run, conv.filter + <usize>filter * bytes, zeros, scratch);
      for (let row = 0; row < rows; row++) {
        let sum = load<f32>(scratch + (<usize>row << 2));
        if (conv.bias) sum += load<f32>(conv.bias + (<usize>filter << 2));
        if (conv.activation != LINEAR) sum = max<f32>(sum, 0);
        if (conv.activation == RELU6) sum = min<f32>(sum, 6);
        const place = isSpread ? amongAll(conv, pixel + row) : <usize>(pixel + row);
        store<f32>(conv.to + ((place * <usize>conv.filters + <usize>filter) << 2), sum);
      }
    }
  }
}

/** The dot products of a filter and the taps of four pixels. */
function dotsOf4(table: usize, taps: i32, run: i32, filter: usize, zeros: usize, out: usize): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  for (; taps > 0; taps--, table += 16) {
    let a0 = load<usize>(table);
    let a1 = load<usize>(table, 4);
    let a2 = load<usize>(table, 8);
    let a3 = load<usize>(table, 12);
    if (a0 == zeros && a1 == zeros && a2 == zeros && a3 == zeros) {
      filter += <usize>run << 2;
      continue;
    }
    for (let n = run; n > 0; n -= 4) {
      const f = v128.load(filter);
      c0 = madd(v128.load(a0), f, c0);
      c1 = madd(v128.load(a1), f, c1);
      c2 = madd(v128.load(a2), f, c2);
      c3 = madd(v128.load(a3), f, c3);
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
      filter += 16;
    }
  }
  const low01 = f32x4.add(v128.shuffle<f32>(c0, c1, 0, 1, 4, 5), v128.shuffle<f32>(c0, c1, 2, 3, 6, 7));
  const low23 = f32x4.add(v128.shuffle<f32>(c2, c3, 0, 1, 4, 5), v128.shuffle<f32>(c2, c3, 2, 3, 6, 7));
  v128.store(
    out, f32x4.add(v128.shuffle<f32>(low01, low23, 0, 2, 4, 6), v128.shuffle<f32>(low01, low23, 1, 3, 5, 7)),
  );
}

/**
 * Images in a frame: with zeros where they do not reach, and cut where the frame does not. Parameters: from [images, height,
 * width, channels], to, height, width, channels, height and width of the frame, rows and columns before the image. A chunk
 * is an image.
 */
export function frameImages(p: usize, chunk: i32): void {
  const height = load<i32>(p, 8), width = load<i32>(p, 12), channels = load<i32>(p, 16);
  const frameHeight = load<i32>(p, 20), frameWidth = load<i32>(p, 24);
  const top = load<i32>(p, 28), left = load<i32>(p, 32);
  const pixel = <usize>channels << 2;
  const row = <usize>frameWidth * pixel;
  const columns = <usize>max(0, min(width, frameWidth - left)) * pixel;
  const from = load<usize>(p) + <usize>(chunk * height * width) * pixel;
  const to = load<usize>(p, 4) + <usize>chunk * <usize>frameHeight * row;
  memory.fill(to, 0, <usize>frameHeight * row);
  for (let y = 0; y < height && y + top < frameHeight; y++)
    memory.copy(to + <usize>(y + top) * row + <usize>left * pixel, from + <usize>(y * width) * pixel, columns);
}

/** The addresses of the taps of four output pixels: 4 for each tap, or for each row of taps where they are merged. */
function fillTable(conv: Conv, table: usize, zeros: usize, pixel: i32, lastPixel: i32): void {
  const bytes = <usize>conv.channels << 2;
  let row = pixel / conv.outWidth;
  let column = pixel - row * conv.outWidth;
  let image = row / conv.outHeight;
  row -= image * conv.outHeight;
  for (let i = 0; i < ROWS; i++) {
    const top = row * conv.strideDown - conv.padTop;
    const left = column * conv.strideAcross - conv.padLeft;
    const from = conv.x + <usize>(image * conv.height * conv.width) * bytes;
    if (conv.merged) fillRuns(conv, table + (<usize>i << 2), from + <usize>(top * conv.width + left) * bytes);
    else fillTaps(conv, table + (<usize>i << 2), zeros, from, top, left);
    if (pixel + i >= lastPixel || ++column < conv.outWidth) continue;
    column = 0;
    if (++row < conv.outHeight) continue;
    row = 0;
    image++;
  }
}

/** Of one pixel: where each row of taps begins, all of them inside. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function fillRuns(conv: Conv, entry: usize, at: usize): void {
  const step = <usize>(conv.dilationDown * conv.width * conv.channels) << 2;
  for (let down = conv.tapsDown; down > 0; down--, entry += 16, at += step) store<usize>(entry, at);
}

/** Of one pixel: where each tap lies, zeros for one beyond the border. */
function fillTaps(conv: Conv, entry: usize, zeros: usize, from: usize, top: i32, left: i32): void {
  const bytes = <usize>conv.channels << 2;
  for (let down = 0; down < conv.tapsDown; down++) {
    const y = place(top + down * conv.dilationDown, conv.holeDown, conv.height);
    for (let tap = 0; tap < conv.tapsAcross; tap++, entry += 16) {
      const x = place(left + tap * conv.dilationAcross, conv.holeAcross, conv.width);
      store<usize>(entry, y < 0 || x < 0 ? zeros : from + <usize>(y * conv.width + x) * bytes);
    }
  }
}

/** Where an output pixel lies among all those of the result, where the convolution gives only some of them. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function amongAll(conv: Conv, pixel: i32): usize {
  const row = pixel / conv.outWidth;
  const image = row / conv.outHeight;
  const down = conv.firstDown + (row - image * conv.outHeight) * conv.spreadDown;
  const across = conv.firstAcross + (pixel - row * conv.outWidth) * conv.spreadAcross;
  return <usize>((image * conv.wholeHeight + down) * conv.wholeWidth + across);
}

/** The row or column of the image at a place of the padded, spread out one; -1 where there is none. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function place(at: i32, hole: i32, size: i32): i32 {
  if (hole != 1) {
    if (at < 0 || at % hole != 0) return -1;
    at /= hole;
  }
  return at >= 0 && at < size ? at : -1;
}

/**
 * Turns a filter [down, across, channels, filters] for the input's gradient: taps in reverse, channels and filters
 * exchanged. Parameters: filter, to, down * across, channels, filters. A chunk is a tap.
 */
export function turnFilter(p: usize, chunk: i32): void {
  const taps = load<i32>(p, 8), channels = load<i32>(p, 12), filters = load<i32>(p, 16);
  const size = <usize>(channels * filters) << 2;
  const from = load<usize>(p) + <usize>chunk * size;
  const to = load<usize>(p, 4) + <usize>(taps - 1 - chunk) * size;
  for (let channel = 0; channel < channels; channel++)
    for (let filter = 0; filter < filters; filter++)
      store<f32>(
        to + (<usize>(filter * channels + channel) << 2), load<f32>(from + (<usize>(channel * filters + filter) << 2)),
      );
}

/**
 * The filter's gradient, the images dealt out in parts, each with a sum of its own, one after the other at `to`. `p` is
 * a Conv: `filter` holds dy, `pixels` the images of a part, `activation` the blocks each part is cut in: 1, or the taps
 * (rows of taps where merged). A chunk is a block of a part.
 */
export function conv2dFilter(p: usize, chunk: i32): void {
  const conv = changetype<Conv>(p);
  if (isNative && conv.filters >= THIN) return nativeGatherFilter(p, chunk);
  const blocks = conv.activation;
  const part = chunk / blocks;
  const block = chunk - part * blocks;
  const run = conv.merged ? conv.tapsAcross * conv.channels : conv.channels;
  const across = conv.merged ? 1 : conv.tapsAcross;
  const taps = conv.tapsDown * across;
  const firstTap = blocks == 1 ? 0 : block;
  const lastTap = blocks == 1 ? taps : block + 1;
  const step = <usize>conv.filters << 2;
  const bytes = <usize>conv.channels << 2;
  const stepX = <usize>conv.strideAcross * bytes;
  const runX = <usize>(conv.strideDown * conv.width) * bytes;
  const runDy = <usize>conv.outWidth * step;
  const sums = conv.to + <usize>part * <usize>(taps * run) * step;
  const firstImage = part * conv.pixels;
  const lastImage = min(firstImage + conv.pixels, conv.images);
  const imageX = <usize>(conv.height * conv.width) * bytes;
  const imageDy = <usize>(conv.outHeight * conv.outWidth) * step;
  const together = max(1, <i32>(NEAR / max<usize>(1, imageX + imageDy)));
  for (let image = firstImage; image < lastImage; image += together) {
    const images = min(together, lastImage - image);
    const x = conv.x + <usize>image * imageX;
    const dy = conv.filter + <usize>image * imageDy;
    for (let tap = firstTap; tap < lastTap; tap++) {
      const down = (tap / across) * conv.dilationDown - conv.padTop;
      const right = (tap % across) * conv.dilationAcross - conv.padLeft;
      const top = firstInside(down, conv.strideDown);
      const left = firstInside(right, conv.strideAcross);
      const runs = max(0, endInside(down, conv.strideDown, conv.height, conv.outHeight) - top);
      const steps = max(0, endInside(right, conv.strideAcross, conv.width, conv.outWidth) - left);
      const fromX = x + <usize>((top * conv.strideDown + down) * conv.width + left * conv.strideAcross + right) * bytes;
      const fromDy = dy + <usize>(top * conv.outWidth + left) * step;
      const to = sums + <usize>(tap * run) * step;
      if (conv.filters < THIN && run % 4 == 0) {
        for (let filter = 0; filter < conv.filters; filter++) {
          const at = <usize>filter << 2;
          let row = 0;
          for (; row + 16 <= run; row += 16) {
            const from = fromX + (<usize>row << 2);
            oneColumnBy16(from, stepX, runX, imageX, fromDy + at, step, runDy, imageDy, steps, runs, images, scratch);
            finishColumn(to + <usize>row * step + at, step, 16, image > firstImage);
          }
          for (; row < run; row += 4) {
            const from = fromX + (<usize>row << 2);
            oneColumnBy4(from, stepX, runX, imageX, fromDy + at, step, runDy, imageDy, steps, runs, images, scratch);
            finishColumn(to + <usize>row * step + at, step, 4, image > firstImage);
          }
        }
        continue;
      }
      for (let column = 0; column < conv.filters; column += COLUMNS) {
        const at = <usize>column << 2;
        for (let row = 0; row < run; row += COLUMN_ROWS) {
          tileColumns(
            fromX + (<usize>row << 2), stepX, runX, imageX, fromDy + at, step, runDy, imageDy, steps, runs, images,
            scratch,
          );
          finishTile(
            scratch, to + <usize>row * step + at, step, min(COLUMN_ROWS, run - row), conv.filters - column,
            image > firstImage, 0, 0,
          );
        }
      }
    }
  }
}

/** Brings sums from scratch to a column, added to what is there or in its place. */
function finishColumn(to: usize, step: usize, count: i32, add: bool): void {
  for (let i = 0; i < count; i++, to += step) {
    const sum = load<f32>(scratch + (<usize>i << 2));
    store<f32>(to, add ? sum + load<f32>(to) : sum);
  }
}

/** 16 neighbouring columns of A, transposed, by one column of B: see `tileColumns` for how they lie. */
function oneColumnBy16(
  a: usize, stepA: usize, runA: usize, imageA: usize, b: usize, stepB: usize, runB: usize, imageB: usize, steps: i32,
  runs: i32, images: i32, out: usize,
): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  for (; images > 0; images--) {
    let fromA = a;
    let fromB = b;
    for (let n = runs; n > 0; n--) {
      let x = fromA;
      let y = fromB;
      for (let left = steps; left > 0; left--) {
        const d = v128.load_splat<f32>(y);
        c0 = madd(v128.load(x), d, c0);
        c1 = madd(v128.load(x, 16), d, c1);
        c2 = madd(v128.load(x, 32), d, c2);
        c3 = madd(v128.load(x, 48), d, c3);
        x += stepA;
        y += stepB;
      }
      fromA += runA;
      fromB += runB;
    }
    a += imageA;
    b += imageB;
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
}

/** 4 neighbouring columns of A, transposed, by one column of B: see `tileColumns` for how they lie. */
function oneColumnBy4(
  a: usize, stepA: usize, runA: usize, imageA: usize, b: usize, stepB: usize, runB: usize, imageB: usize, steps: i32,
  runs: i32, images: i32, out: usize,
): void {
  let c0 = f32x4.splat(0);
  for (; images > 0; images--) {
    let fromA = a;
    let fromB = b;
    for (let n = runs; n > 0; n--) {
      let x = fromA;
      let y = fromB;
      for (let left = steps; left > 0; left--) {
        const d = v128.load_splat<f32>(y);
        c0 = madd(v128.load(x), d, c0);
        x += stepA;
        y += stepB;
      }
      fromA += runA;
      fromB += runB;
    }
    a += imageA;
    b += imageB;
  }
  v128.store(out, c0);
}

/** The first output whose tap, `offset` from the output's own place, lies in the image. */
function firstInside(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
}

/** The output after the last one whose tap lies in the image. */
function endInside(offset: i32, stride: i32, size: i32, outputs: i32): i32 {
  return size - offset <= 0 ? 0 : min(outputs, (size - offset + stride - 1) / stride);
}

/** Adds the sums of parts in their order. Parameters: parts, to, count, number of parts. A chunk is 4,096 numbers. */
export function sumParts(p: usize, chunk: i32): void {
  const parts = load<usize>(p), to = load<usize>(p, 4), count = load<i32>(p, 8), many = load<i32>(p, 12);
  const end = min(count, (chunk + 1) << 12);
  let i = chunk << 12;
  for (; i + 4 <= end; i += 4) {
    let sum = v128.load(parts + (<usize>i << 2));
    for (let part = 1; part < many; part++)
      sum = f32x4.add(sum, v128.load(parts + (<usize>(part * count + i) << 2)));
    v128.store(to + (<usize>i << 2), sum);
  }
  for (; i < end; i++) {
    let sum = load<f32>(parts + (<usize>i << 2));
    for (let part = 1; part < many; part++) sum += load<f32>(parts + (<usize>(part * count + i) << 2));
    store<f32>(to + (<usize>i << 2), sum);
  }
}
