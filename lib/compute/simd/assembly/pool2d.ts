// Pooling of images [images, height, width, channels] over windows, four channels at a time. A window reaches as far as
// the image does; the first of equals is the largest.

@unmanaged
class Pool2d {
  x: usize;
  to: usize;
  /** The output's gradient, for the gradients. */
  dy: usize;
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  windowHeight: i32;
  windowWidth: i32;
  strideDown: i32;
  strideAcross: i32;
  padTop: i32;
  padLeft: i32;
}

/** The largest of each window, NaN passed over. A chunk is a row of the output. */
export function maxPool(p: usize, chunk: i32): void {
  const s = changetype<Pool2d>(p);
  const bytes = <usize>s.channels << 2;
  for (let column = 0; column < s.outWidth; column++) {
    const to = s.to + <usize>(chunk * s.outWidth + column) * bytes;
    const from = s.x + <usize>(chunk / s.outHeight) * <usize>(s.height * s.width) * bytes;
    const y = (chunk % s.outHeight) * s.strideDown - s.padTop, x = column * s.strideAcross - s.padLeft;
    const top = max(y, 0), bottom = min(y + s.windowHeight, s.height);
    const left = max(x, 0), right = min(x + s.windowWidth, s.width);
    for (let at: usize = 0; at < bytes; at += 16) {
      let best = f32x4.splat(-Infinity);
      for (let row = top; row < bottom; row++)
        for (let c = left; c < right; c++) {
          const value = v128.load(from + <usize>(row * s.width + c) * bytes + at);
          best = v128.bitselect(value, best, f32x4.gt(value, best));
        }
      storeUpTo(to + at, best, bytes - at);
    }
  }
}

/**
 * The largest of each window of 2 x 2 that meets no other, channels a multiple of 4; as `maxPool`. A chunk is a row of the
 * output.
 */
export function maxPoolPairs(p: usize, chunk: i32): void {
  const s = changetype<Pool2d>(p);
  const bytes = <usize>s.channels << 2;
  const below = <usize>s.width * bytes;
  const image = chunk / s.outHeight;
  let at = s.x + <usize>(image * s.height + 2 * (chunk - image * s.outHeight)) * below;
  let to = s.to + <usize>(chunk * s.outWidth) * bytes;
  const none = f32x4.splat(-Infinity);
  for (let column = 0; column < s.outWidth; column++, at += bytes)
    for (const end = at + bytes; at < end; at += 16, to += 16) {
      const a = v128.load(at), b = v128.load(at + bytes), c = v128.load(at + below), d = v128.load(at + below + bytes);
      v128.store(to, larger(d, larger(c, larger(b, larger(a, none)))));
    }
}

/** The first number where it is larger, else the second: NaN is not. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function larger(value: v128, best: v128): v128 {
  return f32x4.pmax(best, value);
}

/** The gradient of `maxPoolPairs`. A chunk is an image. */
export function maxPoolPairsGradient(p: usize, chunk: i32): void {
  const s = changetype<Pool2d>(p);
  const bytes = <usize>s.channels << 2;
  const below = <usize>s.width * bytes;
  const size = <usize>s.height * below;
  let dy = s.dy + <usize>chunk * <usize>(s.outHeight * s.outWidth) * bytes;
  const none = f32x4.splat(-Infinity);
  for (let row = 0; row < s.outHeight; row++) {
    let at = <usize>chunk * size + <usize>row * 2 * below;
    for (let column = 0; column < s.outWidth; column++, at += bytes)
      for (const end = at + bytes; at < end; at += 16, dy += 16) {
        const x = s.x + at, dx = s.to + at;
        const gradient = v128.load(dy);
        const a = v128.load(x), b = v128.load(x + bytes), c = v128.load(x + below), d = v128.load(x + below + bytes);
        const ab = larger(b, larger(a, none)), abc = larger(c, ab);
        const isD = f32x4.gt(d, abc);
        const isC = v128.andnot(f32x4.gt(c, ab), isD);
        const taken = v128.or(isC, isD);
        const isB = v128.andnot(f32x4.gt(b, larger(a, none)), taken);
        const isA = v128.andnot(f32x4.gt(a, none), v128.or(taken, isB));
        v128.store(dx, v128.and(gradient, isA));
        v128.store(dx + bytes, v128.and(gradient, isB));
        v128.store(dx + below, v128.and(gradient, isC));
        v128.store(dx + below + bytes, v128.and(gradient, isD));
      }
    if (s.width & 1) memory.fill(s.to + at, 0, bytes);
    if (s.width & 1) memory.fill(s.to + at + below, 0, bytes);
  }
  if (s.height & 1) memory.fill(s.to + <usize>(chunk + 1) * size - below, 0, below);
}

/** The mean of each window. A chunk is a row of the output. */
export function avgPool(p: usize, chunk: i32): void {
  const s = changetype<Pool2d>(p);
  const bytes = <usize>s.channels << 2;
  for (let column = 0; column < s.outWidth; column++) {
    const to = s.to + <usize>(chunk * s.outWidth + column) * bytes;
    const from = s.x + <usize>(chunk / s.outHeight) * <usize>(s.height * s.width) * bytes;
    const y = (chunk % s.outHeight) * s.strideDown - s.padTop, x = column * s.strideAcross - s.padLeft;
    const top = max(y, 0), bottom = min(y + s.windowHeight, s.height);
    const left = max(x, 0), right = min(x + s.windowWidth, s.width);
    const count = f32x4.splat(<f32>(max(0, bottom - top) * max(0, right - left)));
    for (let at: usize = 0; at < bytes; at += 16) {
      let sum = f32x4.splat(0);
      for (let row = top; row < bottom; row++)
        for (let c = left; c < right; c++)
          sum = f32x4.add(sum, v128.load(from + <usize>(row * s.width + c) * bytes + at));
      storeUpTo(to + at, f32x4.div(sum, count), bytes - at);
    }
  }
}

/** The gradient of maxPool: each window's goes to its largest, and nowhere if it has none. A chunk is an image. */
export function maxPoolGradient(p: usize, chunk: i32): void {
  const s = changetype<Pool2d>(p);
  const bytes = <usize>s.channels << 2;
  const size = <usize>(s.height * s.width) * bytes;
  const from = s.x + <usize>chunk * size;
  const dx = s.to + <usize>chunk * size;
  memory.fill(dx, 0, size);
  let dy = s.dy + <usize>chunk * <usize>(s.outHeight * s.outWidth) * bytes;
  for (let out = 0; out < s.outHeight; out++)
    for (let column = 0; column < s.outWidth; column++, dy += bytes) {
      const y = out * s.strideDown - s.padTop, x = column * s.strideAcross - s.padLeft;
      const top = max(y, 0), bottom = min(y + s.windowHeight, s.height);
      const left = max(x, 0), right = min(x + s.windowWidth, s.width);
      for (let at: usize = 0; at < bytes; at += 16) {
        let best = f32x4.splat(-Infinity);
        let place = i32x4.splat(-1);
        for (let row = top; row < bottom; row++)
          for (let c = left; c < right; c++) {
            const value = v128.load(from + <usize>(row * s.width + c) * bytes + at);
            const better = f32x4.gt(value, best);
            best = v128.bitselect(value, best, better);
            place = v128.bitselect(i32x4.splat(row * s.width + c), place, better);
          }
        const gradient = v128.load(dy + at);
        for (let row = top; row < bottom; row++)
          for (let c = left; c < right; c++) {
            const to = dx + <usize>(row * s.width + c) * bytes + at;
            const share = v128.and(gradient, i32x4.eq(place, i32x4.splat(row * s.width + c)));
            storeUpTo(to, f32x4.add(v128.load(to), share), bytes - at);
          }
      }
    }
}

/** The gradient of avgPool, each window's in equal parts, a window at the border as if it were whole. A chunk is an image. */
export function avgPoolGradient(p: usize, chunk: i32): void {
  const s = changetype<Pool2d>(p);
  const bytes = <usize>s.channels << 2;
  const size = <usize>(s.height * s.width) * bytes;
  const dx = s.to + <usize>chunk * size;
  memory.fill(dx, 0, size);
  const part = f32x4.splat(<f32>1 / <f32>(s.windowHeight * s.windowWidth));
  let dy = s.dy + <usize>chunk * <usize>(s.outHeight * s.outWidth) * bytes;
  for (let out = 0; out < s.outHeight; out++)
    for (let column = 0; column < s.outWidth; column++, dy += bytes) {
      const y = out * s.strideDown - s.padTop, x = column * s.strideAcross - s.padLeft;
      const top = max(y, 0), bottom = min(y + s.windowHeight, s.height);
      const left = max(x, 0), right = min(x + s.windowWidth, s.width);
      for (let at: usize = 0; at < bytes; at += 16) {
        const share = f32x4.mul(v128.load(dy + at), part);
        for (let row = top; row < bottom; row++)
          for (let c = left; c < right; c++) {
            const to = dx + <usize>(row * s.width + c) * bytes + at;
            storeUpTo(to, f32x4.add(v128.load(to), share), bytes - at);
          }
      }
    }
}

/** Stores the first `bytes` of a vector: all of it, or what is left at the end of a pixel. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function storeUpTo(to: usize, value: v128, bytes: usize): void {
  if (bytes >= 16) return v128.store(to, value);
  store<f32>(to, f32x4.extract_lane(value, 0));
  if (bytes > 4) store<f32>(to, f32x4.extract_lane(value, 1), 4);
  if (bytes > 8) store<f32>(to, f32x4.extract_lane(value, 2), 8);
}
