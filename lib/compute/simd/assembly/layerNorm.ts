// Layer normalization (Ba, Kiros and Hinton, 2016) of [rows, width]: each row by its own mean and variance.
import { keepFirst, storeUpTo, total } from "./lanes";
import { madd } from "./madd";

@unmanaged
class LayerNorm {
  x: usize;
  /** [width], or 0. */
  gamma: usize;
  beta: usize;
  /** The result, or the gradient of x. */
  to: usize;
  /** Mean and inverse deviation of each row. */
  mean: usize;
  inverse: usize;
  rows: i32;
  width: i32;
  /** Rows of a chunk. */
  share: i32;
  epsilon: f32;
  // The way back has more:
  dy: usize;
  /** Sums of each chunk, [2, chunks, width]: the gradients of gamma, then of beta. */
  sums: usize;
}

/** Four numbers of a row, zeros beyond its end. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function take(from: usize, left: i32): v128 {
  const numbers = v128.load(from);
  return left >= 4 ? numbers : keepFirst(numbers, left, f32x4.splat(0));
}

/** A chunk is a share of the rows. */
export function layerNorm(p: usize, chunk: i32): void {
  const n = changetype<LayerNorm>(p);
  const first = chunk * n.share, last = min(first + n.share, n.rows);
  const part = <f32>1 / <f32>n.width;
  const bytes = <usize>n.width << 2;
  for (let row = first; row < last; row++) {
    const x = n.x + <usize>row * bytes, to = n.to + <usize>row * bytes;
    let sum = f32x4.splat(0);
    for (let at: usize = 0, left = n.width; left > 0; left -= 4, at += 16) sum = f32x4.add(sum, take(x + at, left));
    const mean = total(sum) * part;
    const middle = f32x4.splat(mean);
    let squares = f32x4.splat(0);
    for (let at: usize = 0, left = n.width; left > 0; left -= 4, at += 16) {
      let distance = f32x4.sub(v128.load(x + at), middle);
      if (left < 4) distance = keepFirst(distance, left, f32x4.splat(0));
      squares = madd(distance, distance, squares);
    }
    const inverse = <f32>1 / sqrt<f32>(total(squares) * part + n.epsilon);
    store<f32>(n.mean + (<usize>row << 2), mean);
    store<f32>(n.inverse + (<usize>row << 2), inverse);
    for (let at: usize = 0, left = n.width; left > 0; left -= 4, at += 16) {
      let y = f32x4.mul(f32x4.sub(v128.load(x + at), middle), f32x4.splat(inverse));
      if (n.gamma) y = f32x4.mul(y, v128.load(n.gamma + at));
      if (n.beta) y = f32x4.add(y, v128.load(n.beta + at));
      storeUpTo(to + at, y, left);
    }
  }
}

/** The gradients of x, and the chunk's share of those of gamma and beta. A chunk is a share of the rows. */
export function layerNormGradient(p: usize, chunk: i32): void {
  const n = changetype<LayerNorm>(p);
  const first = chunk * n.share, last = min(first + n.share, n.rows);
  const part = f32x4.splat(<f32>1 / <f32>n.width);
  const bytes = <usize>n.width << 2;
  const chunks = (n.rows + n.share - 1) / n.share;
  const ofGamma = n.sums + <usize>chunk * bytes, ofBeta = ofGamma + <usize>chunks * bytes;
  memory.fill(ofGamma, 0, bytes);
  memory.fill(ofBeta, 0, bytes);
  for (let row = first; row < last; row++) {
    const x = n.x + <usize>row * bytes, dy = n.dy + <usize>row * bytes, to = n.to + <usize>row * bytes;
    const mean = v128.load32_splat(n.mean + (<usize>row << 2)), inverse = v128.load32_splat(n.inverse + (<usize>row << 2));
    let sum = f32x4.splat(0), product = sum;
    for (let at: usize = 0, left = n.width; left > 0; left -= 4, at += 16) {
      const d = v128.load(dy + at);
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse);
      storeUpTo(ofGamma + at, madd(d, normal, v128.load(ofGamma + at)), left);
      storeUpTo(ofBeta + at, f32x4.add(d, v128.load(ofBeta + at)), left);
      let scaled = n.gamma ? f32x4.mul(d, v128.load(n.gamma + at)) : d;
      let crossed = f32x4.mul(scaled, normal);
      if (left < 4) {
        scaled = keepFirst(scaled, left, f32x4.splat(0));
        crossed = keepFirst(crossed, left, f32x4.splat(0));
      }
      sum = f32x4.add(sum, scaled);
      product = f32x4.add(product, crossed);
    }
    const shift = f32x4.mul(f32x4.splat(total(sum)), part), slope = f32x4.mul(f32x4.splat(total(product)), part);
    for (let at: usize = 0, left = n.width; left > 0; left -= 4, at += 16) {
      const d = v128.load(dy + at);
      const scaled = n.gamma ? f32x4.mul(d, v128.load(n.gamma + at)) : d;
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mean), inverse);
      const rest = f32x4.sub(f32x4.sub(scaled, shift), f32x4.mul(normal, slope));
      storeUpTo(to + at, f32x4.mul(rest, inverse), left);
    }
  }
}
