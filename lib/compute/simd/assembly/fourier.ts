// The discrete Fourier transform of rows, in double precision, a complex number to a vector. A power of two goes by Stockham's
// passes, which leave the numbers in order (Cochran et al., What is the fast Fourier transform?, 1967), four parts at a
// time; another length is a convolution with a chirp, by transforms of a power of two (Bluestein, A linear filtering
// approach to the computation of discrete Fourier transform, 1970). The inverse is the transform with real and imaginary
// parts exchanged before and after, divided by the length.

@unmanaged
class Rows {
  real: usize;
  imag: usize;
  toReal: usize;
  toImag: usize;
  rows: i32;
  length: i32;
  /** Rows of a chunk. */
  share: i32;
  /** The power of two that is transformed: the length, or one of at least twice that. */
  size: i32;
  /** What the result is divided by. */
  divisor: i32;
  /** exp(-2 pi i k / size), k below size, as vectors (re, re) and (-im, im). */
  roots: usize;
  /** exp(-pi i k^2 / length), k below length, likewise; 0 where the length is a power of two. */
  chirp: usize;
  /** The transform of the conjugate chirp, divided by the size, likewise. */
  filter: usize;
  /** For each chunk two times `size` complex numbers, two at least. */
  work: usize;
}

/** The product with a number of a table. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function times(z: v128, table: usize): v128 {
  return f64x2.add(f64x2.mul(z, v128.load(table)), f64x2.mul(exchange(z), v128.load(table, 16)));
}

/** Real and imaginary part exchanged. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function exchange(z: v128): v128 {
  return v128.shuffle<u64>(z, z, 1, 0);
}

export function fourier(p: usize, chunk: i32): void {
  const params = changetype<Rows>(p);
  const bytes = <usize>max(params.size, 2) << 4;
  const work = params.work + <usize>chunk * 2 * bytes;
  const first = chunk * params.share;
  const end = min(first + params.share, params.rows);
  for (let row = first; row < end; row++) {
    const offset = (<usize>row * <usize>params.length) << 2;
    loadRow(params, offset, work);
    if (params.chirp) {
      const at = convolve(params, work, work + bytes);
      storeRow(params, offset, at);
    } else storeRow(params, offset, transform(work, work + bytes, params.size, params.roots));
  }
}

/** Two numbers at a time: it may read and write one more than there are. */
function loadRow(params: Rows, offset: usize, to: usize): void {
  const real = params.real + offset, imag = params.imag + offset;
  const end = <usize>params.length << 2;
  for (let at: usize = 0; at < end; at += 8, to += 32) {
    const re = f64x2.promote_low_f32x4(v128.load64_zero(real + at));
    const im = f64x2.promote_low_f32x4(v128.load64_zero(imag + at));
    v128.store(to, v128.shuffle<u64>(re, im, 0, 2));
    v128.store(to, v128.shuffle<u64>(re, im, 1, 3), 16);
  }
}

function storeRow(params: Rows, offset: usize, from: usize): void {
  const real = params.toReal + offset, imag = params.toImag + offset;
  const factor = f64x2.splat(1 / <f64>params.divisor);
  const end = <usize>params.length << 2;
  for (let at: usize = 0; at < end; at += 4, from += 16) {
    const z = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(from), factor));
    v128.store32_lane(real + at, z, 0);
    v128.store32_lane(imag + at, z, 1);
  }
}

/** Transforms `size` numbers; they end in one of the two places, which is returned. */
function transform(from: usize, to: usize, size: i32, roots: usize): usize {
  let run = 1;
  for (let left = size; left > 1; ) {
    if (left >= 4) {
      quarterPass(from, to, left >> 2, run, roots);
      left >>= 2;
      run <<= 2;
    } else {
      halfPass(from, to, run);
      left >>= 1;
    }
    const done = to;
    to = from;
    from = done;
  }
  return from;
}

/** The last pass, of two halves. */
function halfPass(from: usize, to: usize, run: i32): void {
  const half = <usize>run << 4;
  for (let at: usize = 0; at < half; at += 16) {
    const a = v128.load(from + at), b = v128.load(from + half + at);
    v128.store(to + at, f64x2.add(a, b));
    v128.store(to + half + at, f64x2.sub(a, b));
  }
}

/** A pass of four parts, each of so many runs. */
function quarterPass(from: usize, to: usize, runs: i32, run: i32, roots: usize): void {
  const row = <usize>run << 4, quarter = <usize>runs * row, step = <usize>run << 5;
  const turn = i64x2(<i64>0x8000000000000000, 0);
  for (let i: usize = 0; i < <usize>runs; i++, to += 3 * row) {
    const first = roots + i * step, second = roots + 2 * i * step, third = roots + 3 * i * step;
    for (let end = from + row; from < end; from += 16, to += 16) {
      const a = v128.load(from), b = v128.load(from + quarter);
      const c = v128.load(from + 2 * quarter), d = v128.load(from + 3 * quarter);
      const sum = f64x2.add(a, c), difference = f64x2.sub(a, c);
      const otherSum = f64x2.add(b, d), turned = v128.xor(exchange(f64x2.sub(b, d)), turn);
      v128.store(to, f64x2.add(sum, otherSum));
      v128.store(to + row, times(f64x2.sub(difference, turned), first));
      v128.store(to + 2 * row, times(f64x2.sub(sum, otherSum), second));
      v128.store(to + 3 * row, times(f64x2.add(difference, turned), third));
    }
  }
}

/** The transform of a row of any length; `from` holds it. */
function convolve(params: Rows, from: usize, other: usize): usize {
  const length = <usize>params.length, size = <usize>params.size;
  multiply(from, params.chirp, length);
  memory.fill(from + (length << 4), 0, (size - length) << 4);
  const spectrum = transform(from, other, params.size, params.roots);
  multiplyExchanged(spectrum, params.filter, size);
  const result = transform(spectrum, spectrum == from ? other : from, params.size, params.roots);
  exchangeAll(result, length);
  multiply(result, params.chirp, length);
  return result;
}

function multiply(at: usize, table: usize, count: usize): void {
  for (let end = at + (count << 4); at < end; at += 16, table += 32) v128.store(at, times(v128.load(at), table));
}

function multiplyExchanged(at: usize, table: usize, count: usize): void {
  for (let end = at + (count << 4); at < end; at += 16, table += 32)
    v128.store(at, exchange(times(v128.load(at), table)));
}

function exchangeAll(at: usize, count: usize): void {
  for (let end = at + (count << 4); at < end; at += 16) v128.store(at, exchange(v128.load(at)));
}
