// Updates of a weight by its gradient, in one pass over the weight and what the optimizer remembers of it. A chunk is
// CHUNK numbers; a last vector may reach beyond the end, whose numbers are no weights but the block's own padding.
import { CHUNK } from "./fill";

/** value += factor * gradient. Parameters: value, gradient, count, factor. */
export function sgdUpdate(p: usize, chunk: i32): void {
  const value = load<usize>(p), gradient = load<usize>(p, 4);
  const factor = f32x4.splat(load<f32>(p, 12));
  const end = endOf(chunk, load<i32>(p, 8));
  for (let at = startOf(chunk); at < end; at += 16)
    v128.store(value + at, f32x4.add(f32x4.mul(factor, v128.load(gradient + at)), v128.load(value + at)));
}

/**
 * sum = momentum * sum + gradient; value += factor * sum, or Nesterov's factor * (gradient + momentum * sum).
 * Parameters: value, gradient, sum, count, factor, momentum, 1 for Nesterov's.
 */
export function momentumUpdate(p: usize, chunk: i32): void {
  const value = load<usize>(p), gradient = load<usize>(p, 4), sums = load<usize>(p, 8);
  const factor = f32x4.splat(load<f32>(p, 16)), momentum = f32x4.splat(load<f32>(p, 20));
  const nesterov = load<i32>(p, 24);
  const end = endOf(chunk, load<i32>(p, 12));
  for (let at = startOf(chunk); at < end; at += 16) {
    const g = v128.load(gradient + at);
    const sum = f32x4.add(f32x4.mul(momentum, v128.load(sums + at)), g);
    const way = nesterov ? f32x4.add(g, f32x4.mul(sum, momentum)) : sum;
    v128.store(sums + at, sum);
    v128.store(value + at, f32x4.add(f32x4.mul(factor, way), v128.load(value + at)));
  }
}

/**
 * square = decay * square + (1 - decay) * gradient^2; sum = momentum * sum + rate * gradient / sqrt(square + epsilon);
 * value -= sum. Parameters: value, gradient, square, sum, count, rate, decay, 1 - decay, momentum, epsilon.
 */
export function rmspropUpdate(p: usize, chunk: i32): void {
  const value = load<usize>(p), gradient = load<usize>(p, 4), squares = load<usize>(p, 8), sums = load<usize>(p, 12);
  const rate = f32x4.splat(load<f32>(p, 20)), decay = f32x4.splat(load<f32>(p, 24)), rest = f32x4.splat(load<f32>(p, 28));
  const momentum = f32x4.splat(load<f32>(p, 32)), epsilon = f32x4.splat(load<f32>(p, 36));
  const end = endOf(chunk, load<i32>(p, 16));
  for (let at = startOf(chunk); at < end; at += 16) {
    const g = v128.load(gradient + at);
    const square = f32x4.add(f32x4.mul(v128.load(squares + at), decay), f32x4.mul(f32x4.mul(g, g), rest));
    const step = f32x4.div(f32x4.mul(g, rate), f32x4.sqrt(f32x4.add(square, epsilon)));
    const sum = f32x4.add(f32x4.mul(v128.load(sums + at), momentum), step);
    v128.store(squares + at, square);
    v128.store(sums + at, sum);
    v128.store(value + at, f32x4.sub(v128.load(value + at), sum));
  }
}

/**
 * Adam (Kingma and Ba, 2015). Parameters: value, gradient, first moment, second moment, count, rate, beta1, 1 - beta1,
 * beta2, 1 - beta2, the moments' corrections 1 / (1 - beta^t), epsilon.
 */
export function adamUpdate(p: usize, chunk: i32): void {
  const value = load<usize>(p), gradient = load<usize>(p, 4), firsts = load<usize>(p, 8), seconds = load<usize>(p, 12);
  const rate = f32x4.splat(load<f32>(p, 20));
  const beta1 = f32x4.splat(load<f32>(p, 24)), rest1 = f32x4.splat(load<f32>(p, 28));
  const beta2 = f32x4.splat(load<f32>(p, 32)), rest2 = f32x4.splat(load<f32>(p, 36));
  const correct1 = f32x4.splat(load<f32>(p, 40)), correct2 = f32x4.splat(load<f32>(p, 44));
  const epsilon = f32x4.splat(load<f32>(p, 48));
  const end = endOf(chunk, load<i32>(p, 16));
  for (let at = startOf(chunk); at < end; at += 16) {
    const g = v128.load(gradient + at);
    const first = f32x4.add(f32x4.mul(v128.load(firsts + at), beta1), f32x4.mul(g, rest1));
    const second = f32x4.add(f32x4.mul(v128.load(seconds + at), beta2), f32x4.mul(f32x4.mul(g, g), rest2));
    v128.store(firsts + at, first);
    v128.store(seconds + at, second);
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(second, correct2)), epsilon);
    const step = f32x4.div(f32x4.mul(first, correct1), size);
    v128.store(value + at, f32x4.sub(v128.load(value + at), f32x4.mul(step, rate)));
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function startOf(chunk: i32): usize {
  return <usize>(chunk * CHUNK) << 2;
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function endOf(chunk: i32, count: i32): usize {
  return <usize>min((chunk + 1) * CHUNK, count) << 2;
}
