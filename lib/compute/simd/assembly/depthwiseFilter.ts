// The gradient of a depthwise convolution's filter: sums over all pixels of a batch. The images are dealt out in parts,
// each with sums of its own, which are added in their order afterwards. Three by three taps of a convolution whose pixels
// lie one apart keep nine sums in registers along a row; others go row of taps by row of taps.
import { scratch } from "../../../threads/assembly/pool";
import { Depthwise, store8 } from "./depthwise";
import { storeUpTo } from "./lanes";
import { madd } from "./madd";

/** Channels of a chunk. */
const BLOCK: i32 = 128;

/** Rows of the image, of dy and of sums that meet, and the channels of a chunk that lie behind: `count` of them. */
@unmanaged
class Meeting {
  x: usize;
  dy: usize;
  sums: usize;
  count: i32;
  /** The row of the image that the first row of taps meets. */
  row: i32;
}

/**
 * Sums of a part's images, one part after the other at `to`. `p` is a Depthwise: `filter` holds dy, `rows` the images of a
 * part. A chunk is BLOCK channels of a part.
 */
export function depthwiseFilter(p: usize, chunk: i32): void {
  const s = changetype<Depthwise>(p), m = changetype<Meeting>(scratch);
  const blocks = (s.channels + BLOCK - 1) / BLOCK, part = chunk / blocks;
  const channel = (chunk - part * blocks) * BLOCK, place = <usize>channel << 2;
  const bytes = s.channels << 2, taps = s.tapsDown * s.tapsAcross;
  const isNine = takesNine(s);
  m.sums = s.to + part * taps * bytes + place;
  m.count = min(BLOCK, s.channels - channel);
  for (let tap = 0; tap < taps; tap++) memory.fill(m.sums + tap * bytes, 0, m.count << 2);
  const last = min((part + 1) * s.rows, s.images);
  for (let image = part * s.rows; image < last; image++)
    for (let y = 0; y < s.outHeight; y++) {
      m.row = y * s.strideDown + s.offsetDown;
      m.x = s.x + image * s.height * s.width * bytes + place;
      m.dy = s.filter + (image * s.outHeight + y) * s.outWidth * bytes + place;
      if (isNine) nineTaps(s, m);
      else rowsOfTaps(s, m);
    }
}

/** Whether nineTaps takes it: where dy and its taps are side by side, and the border holds no more than two. */
function takesNine(s: Depthwise): bool {
  const isThree = s.tapsDown == 3 && s.tapsAcross == 3 && s.dilationDown == 1 && s.dilationAcross == 1;
  return isThree && s.strideAcross == 1 && s.offsetAcross >= -2 && s.outWidth > 1;
}

/** Adds what a row of dy gives, one row of taps after the other. */
function rowsOfTaps(s: Depthwise, m: Meeting): void {
  const bytes = s.channels << 2;
  for (let down = 0; down < s.tapsDown; down++) {
    const row = m.row + down * s.dilationDown;
    if (<u32>row >= <u32>s.height) continue;
    const x = m.x + row * s.width * bytes, sums = m.sums + down * s.tapsAcross * bytes;
    if (takesFive(s)) {
      fiveTaps(s, m, x, sums);
      continue;
    }
    let tap = 0;
    for (; tap + 3 <= s.tapsAcross; tap += 3) threeTaps(s, m, x, sums, tap);
    for (; tap < s.tapsAcross; tap++) oneTap(s, m, x, sums, tap);
  }
}

/** Adds what a row of dy gives to all nine taps. The sums of rows beyond the border go to a place of no account. */
function nineTaps(s: Depthwise, m: Meeting): void {
  const bytes = s.channels << 2, row = m.row;
  const has0 = <u32>row < <u32>s.height, has1 = <u32>(row + 1) < <u32>s.height, has2 = <u32>(row + 2) < <u32>s.height;
  if (!has0 && !has1 && !has2) return;
  const inside = has0 ? row : has1 ? row + 1 : row + 2;
  const lost = scratch + 256;
  for (let channel = 0; channel < m.count; channel += 4) {
    const place = <usize>channel << 2, left = m.count - channel;
    const x = m.x + place, sums = m.sums + place;
    nineOf(
      s, x + (has0 ? row : inside) * s.width * bytes, x + (has1 ? row + 1 : inside) * s.width * bytes,
      x + (has2 ? row + 2 : inside) * s.width * bytes, m.dy + place,
      has0 ? sums : lost, has1 ? sums + 3 * bytes : lost, has2 ? sums + 6 * bytes : lost,
      has0 ? <usize>bytes : 0, has1 ? <usize>bytes : 0, has2 ? <usize>bytes : 0, left,
    );
  }
}

/** Four channels of three rows of an image; a column meets the three pixels of dy that have a tap there. */
function nineOf(
  s: Depthwise, a: usize, b: usize, c: usize, dy: usize,
  sums0: usize, sums1: usize, sums2: usize, step0: usize, step1: usize, step2: usize, left: i32,
): void {
  const bytes = s.channels << 2;
  let s00 = v128.load(sums0), s01 = v128.load(sums0 + step0), s02 = v128.load(sums0 + 2 * step0);
  let s10 = v128.load(sums1), s11 = v128.load(sums1 + step1), s12 = v128.load(sums1 + 2 * step1);
  let s20 = v128.load(sums2), s21 = v128.load(sums2 + step2), s22 = v128.load(sums2 + 2 * step2);
  const first = s.offsetAcross, width = s.width;
  a += first * bytes;
  b += first * bytes;
  c += first * bytes;
  let d1 = v128.load(dy), d0 = v128.load(dy + bytes);
  if (<u32>first < <u32>width) {
    s00 = madd(v128.load(a), d1, s00);
    s10 = madd(v128.load(b), d1, s10);
    s20 = madd(v128.load(c), d1, s20);
  }
  a += bytes;
  b += bytes;
  c += bytes;
  if (<u32>(first + 1) < <u32>width) {
    const x0 = v128.load(a), x1 = v128.load(b), x2 = v128.load(c);
    s00 = madd(x0, d0, s00);
    s10 = madd(x1, d0, s10);
    s20 = madd(x2, d0, s20);
    s01 = madd(x0, d1, s01);
    s11 = madd(x1, d1, s11);
    s21 = madd(x2, d1, s21);
  }
  dy += bytes;
  const end = min(s.outWidth, width - first);
  for (let pixel = 2; pixel < end; pixel++) {
    a += bytes;
    b += bytes;
    c += bytes;
    dy += bytes;
    const x0 = v128.load(a), x1 = v128.load(b), x2 = v128.load(c), d = v128.load(dy);
    s02 = madd(x0, d1, s02);
    s12 = madd(x1, d1, s12);
    s22 = madd(x2, d1, s22);
    s01 = madd(x0, d0, s01);
    s11 = madd(x1, d0, s11);
    s21 = madd(x2, d0, s21);
    s00 = madd(x0, d, s00);
    s10 = madd(x1, d, s10);
    s20 = madd(x2, d, s20);
    d1 = d0;
    d0 = d;
  }
  if (first + s.outWidth < width) {
    const x0 = v128.load(a + bytes), x1 = v128.load(b + bytes), x2 = v128.load(c + bytes);
    s02 = madd(x0, d1, s02);
    s12 = madd(x1, d1, s12);
    s22 = madd(x2, d1, s22);
    s01 = madd(x0, d0, s01);
    s11 = madd(x1, d0, s11);
    s21 = madd(x2, d0, s21);
  }
  if (first + s.outWidth + 1 < width) {
    s02 = madd(v128.load(a + 2 * bytes), d0, s02);
    s12 = madd(v128.load(b + 2 * bytes), d0, s12);
    s22 = madd(v128.load(c + 2 * bytes), d0, s22);
  }
  storeThree(sums0, step0, s00, s01, s02, left);
  storeThree(sums1, step1, s10, s11, s12, left);
  storeThree(sums2, step2, s20, s21, s22, left);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function storeThree(to: usize, step: usize, first: v128, second: v128, third: v128, left: i32): void {
  storeUpTo(to, first, left);
  storeUpTo(to + step, second, left);
  storeUpTo(to + 2 * step, third, left);
}

/** The first pixel of a row whose tap lies in the image, and the one after the last. */
function firstOf(s: Depthwise, tap: i32): i32 {
  const offset = s.offsetAcross + tap * s.dilationAcross;
  return offset >= 0 ? 0 : (s.strideAcross - 1 - offset) / s.strideAcross;
}
function endOf(s: Depthwise, tap: i32): i32 {
  const room = s.width - s.offsetAcross - tap * s.dilationAcross;
  return room <= 0 ? 0 : min(s.outWidth, (room + s.strideAcross - 1) / s.strideAcross);
}

/** `sum` and what a pixel gives to the tap at a column, where that lies in the image. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function atBorder(s: Depthwise, column: i32, x: usize, d: v128, sum: v128): v128 {
  return <u32>column < <u32>s.width ? madd(v128.load(x), d, sum) : sum;
}

/** Adds what a row gives to three neighbouring taps. */
function threeTaps(s: Depthwise, m: Meeting, x: usize, sums: usize, tap: i32): void {
  const last = s.outWidth, first = min(last, firstOf(s, tap)), end = max(first, endOf(s, tap + 2));
  const bytes = s.channels << 2, dilation = s.dilationAcross;
  const stepX = s.strideAcross * bytes, tap1 = dilation * bytes, tap2 = 2 * tap1;
  const begin = s.offsetAcross + tap * dilation;
  let from = x + begin * bytes, fromDy = m.dy, to = sums + tap * bytes;
  for (let left = m.count; left > 0; left -= 8, from += 32, fromDy += 32, to += 32) {
    const to1 = to + bytes, to2 = to1 + bytes;
    let c00 = v128.load(to), c01 = v128.load(to, 16);
    let c10 = v128.load(to1), c11 = v128.load(to1, 16);
    let c20 = v128.load(to2), c21 = v128.load(to2, 16);
    let a = from + first * stepX, b = fromDy + first * bytes;
    for (let n = end - first; n > 0; n--, a += stepX, b += bytes) {
      const d0 = v128.load(b), d1 = v128.load(b, 16);
      c00 = madd(v128.load(a), d0, c00);
      c01 = madd(v128.load(a, 16), d1, c01);
      c10 = madd(v128.load(a + tap1), d0, c10);
      c11 = madd(v128.load(a + tap1, 16), d1, c11);
      c20 = madd(v128.load(a + tap2), d0, c20);
      c21 = madd(v128.load(a + tap2, 16), d1, c21);
    }
    for (let pixel = first > 0 ? 0 : end; pixel < last; pixel = pixel + 1 == first ? end : pixel + 1) {
      const column = begin + pixel * s.strideAcross;
      a = from + pixel * stepX;
      b = fromDy + pixel * bytes;
      const d0 = v128.load(b), d1 = v128.load(b, 16);
      c00 = atBorder(s, column, a, d0, c00);
      c01 = atBorder(s, column, a + 16, d1, c01);
      c10 = atBorder(s, column + dilation, a + tap1, d0, c10);
      c11 = atBorder(s, column + dilation, a + tap1 + 16, d1, c11);
      c20 = atBorder(s, column + 2 * dilation, a + tap2, d0, c20);
      c21 = atBorder(s, column + 2 * dilation, a + tap2 + 16, d1, c21);
    }
    store8(to, c00, c01, left);
    store8(to1, c10, c11, left);
    store8(to2, c20, c21, left);
  }
}

/** Whether fiveTaps takes it: where dy and its taps are side by side, and the border holds no more than four. */
function takesFive(s: Depthwise): bool {
  return s.tapsAcross == 5 && s.strideAcross == 1 && s.dilationAcross == 1 && s.outWidth > 3 && s.offsetAcross >= -4;
}

/** Adds what a row gives to five taps side by side: a column meets five pixels of dy, which are in registers. */
function fiveTaps(s: Depthwise, m: Meeting, x: usize, sums: usize): void {
  const bytes = s.channels << 2, width = s.width, first = s.offsetAcross;
  for (let channel = 0; channel < m.count; channel += 4) {
    const place = <usize>channel << 2, left = m.count - channel, to = sums + place, to3 = to + 3 * bytes;
    let c0 = v128.load(to), c1 = v128.load(to + bytes), c2 = v128.load(to + 2 * bytes);
    let c3 = v128.load(to3), c4 = v128.load(to3 + bytes);
    let a = x + first * bytes + place, b = m.dy + place;
    let d3 = v128.load(b), d2 = v128.load(b + bytes), d1 = v128.load(b + 2 * bytes), d0 = v128.load(b + 3 * bytes);
    if (<u32>first < <u32>width) c0 = madd(v128.load(a), d3, c0);
    if (<u32>(first + 1) < <u32>width) {
      const number = v128.load(a + bytes);
      c0 = madd(number, d2, c0);
      c1 = madd(number, d3, c1);
    }
    if (<u32>(first + 2) < <u32>width) {
      const number = v128.load(a + 2 * bytes);
      c0 = madd(number, d1, c0);
      c1 = madd(number, d2, c1);
      c2 = madd(number, d3, c2);
    }
    if (<u32>(first + 3) < <u32>width) {
      const number = v128.load(a + 3 * bytes);
      c0 = madd(number, d0, c0);
      c1 = madd(number, d1, c1);
      c2 = madd(number, d2, c2);
      c3 = madd(number, d3, c3);
    }
    a += 4 * bytes;
    b += 4 * bytes;
    for (let n = min(s.outWidth, width - first) - 4; n > 0; n--, a += bytes, b += bytes) {
      const number = v128.load(a), d = v128.load(b);
      c0 = madd(number, d, c0);
      c1 = madd(number, d0, c1);
      c2 = madd(number, d1, c2);
      c3 = madd(number, d2, c3);
      c4 = madd(number, d3, c4);
      d3 = d2;
      d2 = d1;
      d1 = d0;
      d0 = d;
    }
    const room = width - first - s.outWidth;
    if (room > 0) {
      const number = v128.load(a);
      c1 = madd(number, d0, c1);
      c2 = madd(number, d1, c2);
      c3 = madd(number, d2, c3);
      c4 = madd(number, d3, c4);
    }
    if (room > 1) {
      const number = v128.load(a + bytes);
      c2 = madd(number, d0, c2);
      c3 = madd(number, d1, c3);
      c4 = madd(number, d2, c4);
    }
    if (room > 2) {
      const number = v128.load(a + 2 * bytes);
      c3 = madd(number, d0, c3);
      c4 = madd(number, d1, c4);
    }
    if (room > 3) c4 = madd(v128.load(a + 3 * bytes), d0, c4);
    storeThree(to, bytes, c0, c1, c2, left);
    storeUpTo(to3, c3, left);
    storeUpTo(to3 + bytes, c4, left);
  }
}

/** Adds what a row gives to one tap. */
function oneTap(s: Depthwise, m: Meeting, x: usize, sums: usize, tap: i32): void {
  const first = firstOf(s, tap), last = endOf(s, tap);
  if (first >= last) return;
  const bytes = s.channels << 2;
  let fromX = x + (first * s.strideAcross + s.offsetAcross + tap * s.dilationAcross) * bytes;
  let fromDy = m.dy + first * bytes;
  let to = sums + tap * bytes;
  for (let left = m.count; left > 0; left -= 8, fromX += 32, fromDy += 32, to += 32) {
    let c0 = v128.load(to), c1 = v128.load(to, 16);
    let a = fromX, b = fromDy;
    for (let n = last - first; n > 0; n--, a += s.strideAcross * bytes, b += bytes) {
      c0 = madd(v128.load(a), v128.load(b), c0);
      c1 = madd(v128.load(a, 16), v128.load(b, 16), c1);
    }
    store8(to, c0, c1, left);
  }
}
