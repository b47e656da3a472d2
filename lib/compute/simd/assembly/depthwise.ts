// Depthwise convolution: each channel has a filter of its own. Where a channel has several, it is spread first, so that
// all that follows has one each. The gradient of the input is the same pass over dy, its taps going the other way.
import { scratch } from "../../../threads/assembly/pool";
import { CHUNK } from "./fill";
import {
  Row, TILE, endPair, endWalked, firstPair, firstWalked, rowPlace, tilesOfFive, tilesOfThree, walkPairs, walkThree,
} from "./depthwiseRow";
import { storeFirst } from "./lanes";
import { madd } from "./madd";
import { LINEAR, RELU6 } from "./tiles";

/** Channels, and pixels, that are worked on together. */
const CHANNELS: i32 = 8;
const PIXELS: i32 = 3;

@unmanaged
export class Depthwise {
  /** Images [images, height, width, channels]. */
  x: usize;
  /** The filter [taps down, taps across, channels]. */
  filter: usize;
  /** Images [images, out height, out width, channels]. */
  to: usize;
  /** Address, or 0. */
  bias: usize;
  activation: i32;
  images: i32;
  channels: i32;
  height: i32;
  width: i32;
  outHeight: i32;
  outWidth: i32;
  tapsDown: i32;
  tapsAcross: i32;
  /** A tap t of the pixel i lies at (i * stride + offset + t * dilation) / hole, if that is whole. */
  strideDown: i32;
  strideAcross: i32;
  offsetDown: i32;
  offsetAcross: i32;
  dilationDown: i32;
  dilationAcross: i32;
  holeDown: i32;
  holeAcross: i32;
  /** Rows of the output that are a chunk. */
  rows: i32;
}

/** The taps of a pixel along one axis that fall on pixels of the image: every so many, in one direction. */
@unmanaged
class Line {
  first: i32;
  period: i32;
  count: i32;
  /** Where the first lies, and how far the next is from it. */
  at: i32;
  step: i32;
  /** Those within the image, once clipped. */
  low: i32;
  high: i32;
}

/** Finds the taps of a pixel: `place` is pixel * stride + offset. */
function trace(line: Line, place: i32, taps: i32, dilation: i32, hole: i32): void {
  let period = 1;
  while ((period * dilation) % hole != 0) period++;
  let first = 0;
  while (first < period && (place + first * dilation) % hole != 0) first++;
  line.first = first;
  line.period = period;
  line.count = first < period ? max(0, (taps - first + period - 1) / period) : 0;
  line.at = (place + first * dilation) / hole;
  line.step = (period * dilation) / hole;
}

/** Keeps the taps within the image, of a pixel whose first tap lies at `at`. */
function clip(line: Line, at: i32, size: i32): void {
  let low = 0, high = line.count;
  while (low < high && <u32>(at + low * line.step) >= <u32>size) low++;
  while (high > low && <u32>(at + (high - 1) * line.step) >= <u32>size) high--;
  line.low = low;
  line.high = high;
}

/** Whether all taps lie within the image. */
function isInside(line: Line, at: i32, size: i32): bool {
  return line.count == 0 || (<u32>at < <u32>size && <u32>(at + (line.count - 1) * line.step) < <u32>size);
}

/** The convolution of a chunk of rows of the output; `p` is a Depthwise. */
export function depthwise(p: usize, chunk: i32): void {
  const s = changetype<Depthwise>(p);
  const down = changetype<Line>(scratch), across = changetype<Line>(scratch + offsetof<Line>());
  const bytes = s.channels << 2;
  const end = min((chunk + 1) * s.rows, s.images * s.outHeight);
  for (let row = chunk * s.rows; row < end; row++) {
    const image = row / s.outHeight;
    const y = row - image * s.outHeight;
    trace(down, y * s.strideDown + s.offsetDown, s.tapsDown, s.dilationDown, s.holeDown);
    clip(down, down.at, s.height);
    const from = s.x + (image * s.height + down.at + down.low * down.step) * s.width * bytes;
    const filter = s.filter + (down.first + down.low * down.period) * s.tapsAcross * bytes;
    const to = s.to + row * s.outWidth * bytes;
    if (isPairs(s, down)) pairsOf(s, down, across, from, filter, to);
    // pixels that lie a hole apart have the same taps
    else for (let x = 0; x < min(s.holeAcross, s.outWidth); x++) {
      traceAcross(s, across, x);
      rowOf(s, down, across, from, filter, to + x * bytes, (s.outWidth - x - 1) / s.holeAcross + 1);
    }
  }
}

function traceAcross(s: Depthwise, across: Line, x: i32): void {
  trace(across, x * s.strideAcross + s.offsetAcross, s.tapsAcross, s.dilationAcross, s.holeAcross);
}

/** Whether walkPairs takes the row: not a short one, which the loads of the filter would slow down. */
function isPairs(s: Depthwise, down: Line): bool {
  const rows = down.high - down.low;
  const isThree = s.tapsAcross == 3 && s.dilationAcross == -1 && s.holeAcross == 2;
  return isThree && s.outWidth >= 10 && (rows == 1 || rows == 2);
}

/** A row of the gradient of an image: in pairs of pixels, those at the border one by one. */
function pairsOf(s: Depthwise, down: Line, across: Line, x: usize, filter: usize, to: usize): void {
  const bytes = s.channels << 2, row = rowPlace();
  describeRow(s, row, down, across, x, filter, to, s.outWidth);
  row.filter = filter;
  row.at = s.offsetAcross;
  walkPairs(row);
  const first = 2 * firstPair(row) - row.at, end = 2 * endPair(row) - row.at;
  for (let pixel = 0; pixel < s.outWidth; pixel++) {
    if (pixel == first) pixel = end;
    if (pixel >= s.outWidth) return;
    traceAcross(s, across, pixel);
    pixelsOf(s, down, across, x, filter, to + pixel * bytes, 0, 1);
  }
}

/** Pixels of a row that have the same taps: together what depthwiseRow takes, the others one by one. */
function rowOf(s: Depthwise, down: Line, across: Line, x: usize, filter: usize, to: usize, pixels: i32): void {
  const isBeside = across.step == 1 || across.step == -1;
  const row = rowPlace(), rows = down.high - down.low, taps = across.count, stride = s.strideAcross;
  let first = 0, end = 0;
  if (isBeside && rows > 0 && ((taps == 3 && stride <= 2) || (taps == 5 && stride == 1))) {
    describeRow(s, row, down, across, x, filter, to, pixels);
    if (stride == 2 || taps == 5) {
      first = row.at < 0 ? (stride - 1 - row.at) / stride : 0;
      const room = s.width - taps - row.at;
      const tiles = room < 0 ? 0 : max(0, min(pixels, room / stride + 1) - first) / TILE;
      end = first + tiles * TILE;
      if (taps == 3) tilesOfThree(row, first, tiles);
      else tilesOfFive(row, first, tiles);
    } else if (rows <= 3) {
      first = firstWalked(row);
      end = max(first, endWalked(row));
      if (first < end) walkThree(row, first, end);
    }
  }
  pixelsOf(s, down, across, x, filter, to, 0, min(first, pixels));
  pixelsOf(s, down, across, x, filter, to, min(end, pixels), pixels);
}

/** The row with its taps from left to right. */
function describeRow(
  s: Depthwise, row: Row, down: Line, across: Line, x: usize, filter: usize, to: usize, pixels: i32,
): void {
  const bytes = s.channels << 2;
  const last = across.step < 0 ? across.count - 1 : 0;
  row.x = x;
  row.runX = down.step * s.width * bytes;
  row.filter = filter + (across.first + last * across.period) * bytes;
  row.stepFilter = across.step * across.period * bytes;
  row.runFilter = down.period * s.tapsAcross * bytes;
  row.rows = down.high - down.low;
  row.to = to;
  row.stepTo = s.holeAcross * bytes;
  row.pixels = pixels;
  row.at = across.at - last;
  row.width = s.width;
  row.channels = s.channels;
  row.bias = s.bias;
  row.activation = s.activation;
}

/** The pixels of a row from `pixel` on to `end`, each with the taps that it meets. */
function pixelsOf(
  s: Depthwise, down: Line, across: Line, x: usize, filter: usize, to: usize, pixel: i32, end: i32,
): void {
  const bytes = s.channels << 2;
  const stepTo = s.holeAcross * bytes, reach = (PIXELS - 1) * s.strideAcross;
  while (pixel < end) {
    const at = across.at + pixel * s.strideAcross;
    const together = pixel + PIXELS <= end && isInside(across, at, s.width) && isInside(across, at + reach, s.width);
    clip(across, at, s.width);
    const from = x + (at + across.low * across.step) * bytes;
    const taps = filter + (across.first + across.low * across.period) * bytes;
    if (together) tileOfThree(s, down, across, from, taps, to + pixel * stepTo, stepTo);
    else tileOfOne(s, down, across, from, taps, to + pixel * stepTo);
    pixel += together ? PIXELS : 1;
  }
}

function tileOfThree(s: Depthwise, down: Line, across: Line, x: usize, filter: usize, to: usize, stepTo: i32): void {
  const bytes = s.channels << 2;
  const rows = down.high - down.low, taps = across.high - across.low;
  const stepX = across.step * bytes, runX = down.step * s.width * bytes;
  const stepFilter = across.period * bytes, runFilter = down.period * s.tapsAcross * bytes;
  const pixel1 = s.strideAcross * bytes, pixel2 = 2 * pixel1;
  for (let channel = 0; channel < s.channels; channel += CHANNELS, x += 32, filter += 32, to += 32) {
    let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
    let fromX = x, fromFilter = filter;
    for (let row = rows; row > 0; row--, fromX += runX, fromFilter += runFilter) {
      let a = fromX, b = fromFilter;
      for (let n = taps; n > 0; n--, a += stepX, b += stepFilter) {
        const w0 = v128.load(b), w1 = v128.load(b, 16);
        c00 = madd(v128.load(a), w0, c00);
        c01 = madd(v128.load(a, 16), w1, c01);
        c10 = madd(v128.load(a + pixel1), w0, c10);
        c11 = madd(v128.load(a + pixel1, 16), w1, c11);
        c20 = madd(v128.load(a + pixel2), w0, c20);
        c21 = madd(v128.load(a + pixel2, 16), w1, c21);
      }
    }
    finish(s, channel, to, c00, c01);
    finish(s, channel, to + stepTo, c10, c11);
    finish(s, channel, to + 2 * stepTo, c20, c21);
  }
}

function tileOfOne(s: Depthwise, down: Line, across: Line, x: usize, filter: usize, to: usize): void {
  const bytes = s.channels << 2;
  const rows = down.high - down.low, taps = across.high - across.low;
  const stepX = across.step * bytes, runX = down.step * s.width * bytes;
  const stepFilter = across.period * bytes, runFilter = down.period * s.tapsAcross * bytes;
  for (let channel = 0; channel < s.channels; channel += CHANNELS, x += 32, filter += 32, to += 32) {
    let c0 = f32x4.splat(0), c1 = c0;
    let fromX = x, fromFilter = filter;
    for (let row = rows; row > 0; row--, fromX += runX, fromFilter += runFilter) {
      let a = fromX, b = fromFilter;
      for (let n = taps; n > 0; n--, a += stepX, b += stepFilter) {
        c0 = madd(v128.load(a), v128.load(b), c0);
        c1 = madd(v128.load(a, 16), v128.load(b, 16), c1);
      }
    }
    finish(s, channel, to, c0, c1);
  }
}

/** Adds the bias, applies the activation and writes the channels that are there. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function finish(s: Depthwise, channel: i32, to: usize, sum0: v128, sum1: v128): void {
  const bias = s.bias + (channel << 2);
  if (s.bias) {
    sum0 = f32x4.add(sum0, v128.load(bias));
    sum1 = f32x4.add(sum1, v128.load(bias, 16));
  }
  if (s.activation != LINEAR) {
    const highest = f32x4.splat(s.activation == RELU6 ? 6 : Infinity);
    sum0 = f32x4.min(f32x4.max(sum0, f32x4.splat(0)), highest);
    sum1 = f32x4.min(f32x4.max(sum1, f32x4.splat(0)), highest);
  }
  store8(to, sum0, sum1, s.channels - channel);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function store8(to: usize, first: v128, second: v128, count: i32): void {
  if (count >= 8) {
    v128.store(to, first);
    v128.store(to, second, 16);
  } else if (count >= 4) {
    v128.store(to, first);
    storeFirst(to + 16, second, count & 3);
  } else storeFirst(to, first, count);
}

/** Each number so many times. Parameters: from, to, count, times. */
export function spreadNumbers(p: usize, chunk: i32): void {
  const start = chunk * CHUNK, times = load<i32>(p, 12);
  const end = min(start + CHUNK, load<i32>(p, 8));
  let from = load<usize>(p) + (start << 2), to = load<usize>(p, 4) + ((start * times) << 2);
  for (let i = start; i < end; i++, from += 4) {
    const number = load<f32>(from);
    for (let again = times; again > 0; again--, to += 4) store<f32>(to, number);
  }
}

/** The sums of so many neighbours. Parameters: from, to, count of sums, neighbours. */
export function sumNeighbours(p: usize, chunk: i32): void {
  const start = chunk * CHUNK, many = load<i32>(p, 12);
  const end = min(start + CHUNK, load<i32>(p, 8));
  let from = load<usize>(p) + ((start * many) << 2), to = load<usize>(p, 4) + (start << 2);
  for (let i = start; i < end; i++, to += 4) {
    let sum: f32 = 0;
    for (let n = many; n > 0; n--, from += 4) sum += load<f32>(from);
    store<f32>(to, sum);
  }
}
