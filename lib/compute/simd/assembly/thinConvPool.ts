// Convolution of 3 x 3, stride 1, no padding, of images with few channels (the first layer of a net), with bias, relu
// and max pooling of 2 x 2 in one pass, and the filter's gradient from the pooled gradient in another. The output
// before pooling never lies in memory. Nothing asks for the gradient of a first layer's input.
import { scratch } from "../../../threads/assembly/pool";
import { madd } from "./madd";
import { writePooled } from "./winograd";

@unmanaged
class ThinConvPool {
  /** Images [images, height, width, channels]. */
  x: usize;
  /** The filter [3, 3, channels, filters], filters a multiple of 8. */
  filter: usize;
  bias: usize;
  /** The pooled output [images, down, across, filters]. */
  to: usize;
  /** Which of its four pixels each pooled value is, -1 where relu stopped it: int32, in the shape of `to`. */
  codes: usize;
  /** The gradient of `to`. */
  dy: usize;
  /** The sums of the filter's gradient, one after the other for each part. */
  sums: usize;
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  filters: i32;
  down: i32;
  across: i32;
  relu: i32;
  /** Images of a chunk. */
  share: i32;
}

/** The pooled output of a chunk of images. */
export function thinForward(p: usize, chunk: i32): void {
  const t = changetype<ThinConvPool>(p);
  const bytes = <usize>t.filters << 2;
  const row = <usize>(t.width * t.channels) << 2;
  const pixel = <usize>t.channels << 2;
  const last = min((chunk + 1) * t.share, t.images);
  for (let image = chunk * t.share; image < last; image++) {
    let place = <usize>(image * t.down * t.across) * bytes;
    for (let y = 0; y < t.down; y++)
      for (let x = 0; x < t.across; x++) {
        const from = t.x + <usize>(image * t.height + 2 * y) * row + <usize>(2 * x) * pixel;
        for (let at: usize = 0; at < bytes; at += 32) window(t, from, row, pixel, bytes, at, place + at);
        place += bytes;
      }
  }
}

function window(
  t: ThinConvPool, from: usize, row: usize, pixel: usize, bytes: usize, at: usize, place: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00;
  if (t.bias) {
    c00 = v128.load(t.bias + at);
    c01 = v128.load(t.bias + at, 16);
  }
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
  let filter = t.filter + at;
  for (let down = 0; down < 3; down++) {
    let x0 = from;
    let x1 = from + row;
    for (let n = 3 * t.channels; n > 0; n--) {
      const f0 = v128.load(filter), f1 = v128.load(filter, 16);
      const p0 = v128.load_splat<f32>(x0);
      c00 = madd(p0, f0, c00);
      c01 = madd(p0, f1, c01);
      const p1 = v128.load_splat<f32>(x0 + pixel);
      c10 = madd(p1, f0, c10);
      c11 = madd(p1, f1, c11);
      const p2 = v128.load_splat<f32>(x1);
      c20 = madd(p2, f0, c20);
      c21 = madd(p2, f1, c21);
      const p3 = v128.load_splat<f32>(x1 + pixel);
      c30 = madd(p3, f0, c30);
      c31 = madd(p3, f1, c31);
      filter += bytes;
      x0 += 4;
      x1 += 4;
    }
    from += row;
  }
  writePooled(t.to + place, t.codes + place, t.relu, c00, c10, c20, c30);
  writePooled(t.to + place + 16, t.codes + place + 16, t.relu, c01, c11, c21, c31);
}

/**
 * The filter's gradient, summed over a chunk of images. A pooled value's gradient goes to the nine taps of the one pixel
 * that was the largest, so that taps, and not filters, lie side by side in a vector: four of a row's 3 * channels.
 */
export function thinBackward(p: usize, chunk: i32): void {
  const t = changetype<ThinConvPool>(p);
  const run = 3 * t.channels;
  const sums = t.sums + (<usize>(chunk * 3 * run * t.filters) << 2);
  for (let from = 0; from < run; from += 4) {
    memory.fill(scratch, 0, <usize>t.filters * 48);
    const last = min((chunk + 1) * t.share, t.images);
    for (let image = chunk * t.share; image < last; image++)
      for (let filter = 0; filter < t.filters; filter += 2) sumTaps(t, image, filter, from);
    for (let filter = 0; filter < t.filters; filter++)
      for (let row = 0; row < 3; row++)
        for (let tap = from; tap < min(run, from + 4); tap++)
          store<f32>(
            sums + (<usize>((row * run + tap) * t.filters + filter) << 2),
            load<f32>(scratch + (<usize>(filter * 12 + row * 4 + tap - from) << 2)),
          );
  }
}

/** Adds an image's share to the sums of two filters, in the scratch: three rows of four taps each. */
function sumTaps(t: ThinConvPool, image: i32, filter: i32, from: i32): void {
  const row = <usize>(t.width * t.channels) << 2;
  const pixel = <usize>t.channels << 2;
  const bytes = <usize>t.filters << 2;
  const kept = scratch + <usize>filter * 48;
  let a0 = v128.load(kept), a1 = v128.load(kept, 16), a2 = v128.load(kept, 32);
  let b0 = v128.load(kept, 48), b1 = v128.load(kept, 64), b2 = v128.load(kept, 80);
  const first = <usize>(image * t.down * t.across) * bytes + (<usize>filter << 2);
  let dy = t.dy + first, codes = t.codes + first;
  for (let y = 0; y < t.down; y++) {
    let x = t.x + <usize>(image * t.height + 2 * y) * row + (<usize>from << 2);
    for (let n = t.across; n > 0; n--) {
      // Of the code 0 to 3 one bit is the pixel's row, one its column; -1 stands for no pixel.
      const codeA = load<i32>(codes), codeB = load<i32>(codes, 4);
      const ga = i32x4.splat(load<i32>(dy) & ~(codeA >> 31)), gb = i32x4.splat(load<i32>(dy, 4) & ~(codeB >> 31));
      const xa = x + (row & -<usize>((codeA >> 1) & 1)) + (pixel & -<usize>(codeA & 1));
      const xb = x + (row & -<usize>((codeB >> 1) & 1)) + (pixel & -<usize>(codeB & 1));
      a0 = madd(ga, v128.load(xa), a0);
      a1 = madd(ga, v128.load(xa + row), a1);
      a2 = madd(ga, v128.load(xa + 2 * row), a2);
      b0 = madd(gb, v128.load(xb), b0);
      b1 = madd(gb, v128.load(xb + row), b1);
      b2 = madd(gb, v128.load(xb + 2 * row), b2);
      x += 2 * pixel;
      dy += bytes;
      codes += bytes;
    }
  }
  v128.store(kept, a0);
  v128.store(kept, a1, 16);
  v128.store(kept, a2, 32);
  v128.store(kept, b0, 48);
  v128.store(kept, b1, 64);
  v128.store(kept, b2, 80);
}
