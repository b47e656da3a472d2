// Convolution of 3 x 3, stride 1, no padding, of images with few channels (the first layer of a net), with bias, relu
// and max pooling of 2 x 2 in one pass, and the filter's gradient from the pooled gradient in another. The output
// before pooling never lies in memory. Nothing asks for the gradient of a first layer's input.
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

/** The filter's gradient, summed over a chunk of images. */
export function thinBackward(p: usize, chunk: i32): void {
  const t = changetype<ThinConvPool>(p);
  const bytes = <usize>t.filters << 2;
  const sums = t.sums + <usize>(chunk * 9 * t.channels) * bytes;
  for (let down = 0; down < 3; down++)
    for (let channel = 0; channel < t.channels; channel++)
      for (let at: usize = 0; at < bytes; at += 16)
        sumTaps(t, chunk, down, channel, at, sums + <usize>(down * 3 * t.channels + channel) * bytes + at);
}

/** The three taps of a row of the filter, for one channel and four filters. */
function sumTaps(t: ThinConvPool, chunk: i32, down: i32, channel: i32, at: usize, to: usize): void {
  const bytes = <usize>t.filters << 2;
  const row = <usize>(t.width * t.channels) << 2;
  const pixel = <usize>t.channels << 2;
  let tap0 = f32x4.splat(0), tap1 = tap0, tap2 = tap0;
  const last = min((chunk + 1) * t.share, t.images);
  for (let image = chunk * t.share; image < last; image++) {
    let place = <usize>(image * t.down * t.across) * bytes + at;
    for (let y = 0; y < t.down; y++) {
      let from = t.x + <usize>(image * t.height + 2 * y + down) * row + (<usize>channel << 2);
      for (let x = 0; x < t.across; x++) {
        const g = v128.load(t.dy + place);
        const code = v128.load(t.codes + place);
        const g0 = v128.and(g, i32x4.eq(code, i32x4.splat(0)));
        const g1 = v128.and(g, i32x4.eq(code, i32x4.splat(1)));
        const g2 = v128.and(g, i32x4.eq(code, i32x4.splat(2)));
        const g3 = v128.and(g, i32x4.eq(code, i32x4.splat(3)));
        let p = v128.load_splat<f32>(from);
        tap0 = madd(p, g0, tap0);
        p = v128.load_splat<f32>(from + pixel);
        tap0 = madd(p, g1, tap0);
        tap1 = madd(p, g0, tap1);
        p = v128.load_splat<f32>(from + 2 * pixel);
        tap1 = madd(p, g1, tap1);
        tap2 = madd(p, g0, tap2);
        p = v128.load_splat<f32>(from + 3 * pixel);
        tap2 = madd(p, g1, tap2);
        const below = from + row;
        p = v128.load_splat<f32>(below);
        tap0 = madd(p, g2, tap0);
        p = v128.load_splat<f32>(below + pixel);
        tap0 = madd(p, g3, tap0);
        tap1 = madd(p, g2, tap1);
        p = v128.load_splat<f32>(below + 2 * pixel);
        tap1 = madd(p, g3, tap1);
        tap2 = madd(p, g2, tap2);
        p = v128.load_splat<f32>(below + 3 * pixel);
        tap2 = madd(p, g3, tap2);
        from += 2 * pixel;
        place += bytes;
      }
    }
  }
  const step = <usize>t.channels * bytes;
  v128.store(to, tap0);
  v128.store(to + step, tap1);
  v128.store(to + 2 * step, tap2);
}
