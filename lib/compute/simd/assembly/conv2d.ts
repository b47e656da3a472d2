// Convolution without a matrix of patches: a tile of four output pixels reads its taps where they lie, and taps beyond
// the border read zeros. The gradient of the input is the same convolution over dy: the filter turned, dy with holes of
// (stride - 1) zeros between its pixels.
import { scratch } from "../../../threads/assembly/pool";
import { COLUMN_ROWS, COLUMNS, finishTile, ROWS, TILE_BYTES, tileColumns, tileRows } from "./tiles";

/** Bytes from row to row of the filter from which on a panel of it is copied: see matMul.ts. */
const FAR: usize = 1024;
/** Bytes of images, and of their gradients, that are summed over at once: small ones stay near. */
const NEAR: usize = 1 << 16;
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
  const step = <usize>conv.filters << 2;
  const tile = scratch, zeros = tile + TILE_BYTES, table = zeros + (<usize>conv.channels << 2);
  const panel = table + <usize>taps * 16;
  memory.fill(zeros, 0, <usize>conv.channels << 2);
  const copied = step >= FAR && <usize>depth * 32 <= PANEL_BYTES && last - first > 2 * ROWS;
  const together = copied ? COLUMNS : conv.filters;
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
        tileRows(table, taps, run, filter + (<usize>(c - column) << 2), stepFilter, zeros, tile);
        finishTile(tile, to + at, step, rows, end - c, false, conv.bias ? conv.bias + at : 0, conv.activation);
      }
    }
  }
}

/** The addresses of the taps of four output pixels: 4 for each tap, or for each row of taps where they are merged. */
function fillTable(conv: Conv, table: usize, zeros: usize, pixel: i32, lastPixel: i32): void {
  const area = conv.outHeight * conv.outWidth;
  const bytes = <usize>conv.channels << 2;
  const across = conv.merged ? 1 : conv.tapsAcross;
  for (let i = 0; i < ROWS; i++) {
    const at = min(pixel + i, lastPixel);
    const image = at / area;
    const inImage = at - image * area;
    const row = inImage / conv.outWidth;
    const top = row * conv.strideDown - conv.padTop;
    const left = (inImage - row * conv.outWidth) * conv.strideAcross - conv.padLeft;
    const from = conv.x + <usize>(image * conv.height * conv.width) * bytes;
    let entry = table + (<usize>i << 2);
    for (let down = 0; down < conv.tapsDown; down++) {
      const y = place(top + down * conv.dilationDown, conv.holeDown, conv.height);
      for (let tap = 0; tap < across; tap++, entry += 16) {
        const x = place(left + tap * conv.dilationAcross, conv.holeAcross, conv.width);
        store<usize>(entry, y < 0 || x < 0 ? zeros : from + <usize>(y * conv.width + x) * bytes);
      }
    }
  }
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
