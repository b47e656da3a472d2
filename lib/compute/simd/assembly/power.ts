// Powers, in double precision and rounded once: whole exponents by repeated squaring (Knuth, The Art of Computer
// Programming 2, 1969, 4.6.3), others as 2^(y log2 |x|). The logarithm is the series of atanh((m - 1) / (m + 1)) of the
// mantissa m, the exponential Taylor's: both to some 1e-11, which leaves a float32 rounded all but rightly.
import { scratch } from "../../../threads/assembly/pool";
import { choose, demote, promoteHigh } from "./lanes";
import { zip } from "./pairs";
import { map, Pass } from "./passes";

/** Where the constants lie in the thread's scratch, behind what pairs.ts keeps there. */
const PLACE: usize = 8192;
const ROOT: usize = 0;
const FROM_ROOT: usize = 8;
const MANTISSA: usize = 16;
/** The bits of 2^52: a whole number put behind them is that number plus 2^52. */
const WHOLE: usize = 24;
const BIAS: usize = 32;
const ONE: usize = 40;
const MOST: usize = 48;
/** 2 / ln(2) / (2 i + 1), i from 0 to 6. */
const LOG: usize = 56;
/** ln(2)^i / i!, i from 1 to 8. */
const EXP: usize = 112;

function writeConstants(): void {
  const c = scratch + PLACE;
  store<u64>(c, 0x3fe6a09e667f3bcd, ROOT);
  store<u64>(c, 0x3ff0000000000000 - 0x3fe6a09e667f3bcd, FROM_ROOT);
  store<u64>(c, 0xfffffffffffff, MANTISSA);
  store<u64>(c, 0x4330000000000000, WHOLE);
  store<f64>(c, 4503599627370496 + 1023, BIAS);
  store<f64>(c, 1, ONE);
  store<f64>(c, 300, MOST);
  for (let i: usize = 0; i < 7; i++) store<f64>(c + (i << 3), 2.885390081777926814 / <f64>(2 * <i32>i + 1), LOG);
  let term: f64 = 1;
  for (let i: usize = 0; i < 8; i++) {
    term *= 0.693147180559945309 / <f64>(<i32>i + 1);
    store<f64>(c + (i << 3), term, EXP);
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function at(c: usize, offset: usize): v128 {
  return v128.load64_splat(c + offset);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function madd2(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}

/** The binary logarithm of two positive, finite numbers. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function log2Of(x: v128, c: usize): v128 {
  const bits = i64x2.add(x, at(c, FROM_ROOT));
  const count = f64x2.sub(v128.or(i64x2.shr_u(bits, 52), at(c, WHOLE)), at(c, BIAS));
  const mantissa = i64x2.add(v128.and(bits, at(c, MANTISSA)), at(c, ROOT));
  const s = f64x2.div(f64x2.sub(mantissa, at(c, ONE)), f64x2.add(mantissa, at(c, ONE)));
  const square = f64x2.mul(s, s);
  const fourth = f64x2.mul(square, square);
  const low = madd2(at(c, LOG + 8), square, at(c, LOG));
  const middle = madd2(at(c, LOG + 24), square, at(c, LOG + 16));
  const high = madd2(at(c, LOG + 40), square, at(c, LOG + 32));
  const q = madd2(madd2(madd2(at(c, LOG + 48), fourth, high), fourth, middle), fourth, low);
  return madd2(q, s, count);
}

/** 2^t; NaN stays. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function exp2Of(t: v128, c: usize): v128 {
  const inside = f64x2.pmax(f64x2.pmin(t, at(c, MOST)), f64x2.neg(at(c, MOST)));
  const count = f64x2.nearest(inside);
  const r = f64x2.sub(inside, count);
  const square = f64x2.mul(r, r);
  const first = madd2(at(c, EXP), r, at(c, ONE));
  const second = madd2(at(c, EXP + 16), r, at(c, EXP + 8));
  const third = madd2(at(c, EXP + 32), r, at(c, EXP + 24));
  const fourth = madd2(at(c, EXP + 48), r, at(c, EXP + 40));
  const fifth = madd2(at(c, EXP + 56), square, fourth);
  const result = madd2(madd2(madd2(fifth, square, third), square, second), square, first);
  // the bits of 2^52 + 1023 + count end in the exponent that is wanted
  return f64x2.mul(result, i64x2.shl(f64x2.add(count, at(c, BIAS)), 52));
}

/** |x|^y of four numbers. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function powerOfSize(x: v128, y: v128, c: usize): v128 {
  let low = log2Of(f64x2.promote_low_f32x4(x), c);
  let high = log2Of(promoteHigh(x), c);
  const ordinary = v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.lt(x, f32x4.splat(Infinity)));
  if (!i32x4.all_true(ordinary)) {
    // the logarithm of Infinity and NaN is that number, of 0 it is -Infinity
    const logs = choose(f32x4.eq(x, f32x4.splat(0)), f32x4.splat(-Infinity), x);
    low = choose(i64x2.extend_low_i32x4_s(ordinary), low, f64x2.promote_low_f32x4(logs));
    high = choose(i64x2.extend_high_i32x4_s(ordinary), high, promoteHigh(logs));
  }
  low = f64x2.mul(f64x2.promote_low_f32x4(y), low);
  high = f64x2.mul(promoteHigh(y), high);
  return demote(exp2Of(low, c), exp2Of(high, c));
}

/** As Math.pow: 1 where y is 0; NaN for 1 to the power of Infinity, and for a negative number where y is not whole. */
@unmanaged
class Pow {
  @inline
  of(x: v128, y: v128): v128 {
    let result = powerOfSize(f32x4.abs(x), y, scratch + PLACE);
    if (v128.any_true(i32x4.shr_s(x, 31))) {
      const half = f32x4.mul(y, f32x4.splat(0.5));
      const whole = f32x4.eq(f32x4.nearest(y), y);
      const odd = v128.andnot(whole, f32x4.eq(f32x4.nearest(half), half));
      result = v128.or(result, v128.and(odd, v128.and(x, f32x4.splat(-0.0))));
      const negative = v128.and(f32x4.lt(x, f32x4.splat(0)), f32x4.gt(x, f32x4.splat(-Infinity)));
      result = v128.or(result, v128.andnot(negative, whole));
    }
    return choose(f32x4.eq(y, f32x4.splat(0)), f32x4.splat(1), result);
  }
}
export function zipPow(p: usize, chunk: i32): void {
  writeConstants();
  zip<Pow>(p, chunk);
}

/** first: the whole exponent. */
@unmanaged
class WholePower extends Pass {
  @inline
  of(x: v128): v128 {
    let low = f64x2.promote_low_f32x4(x), high = promoteHigh(x);
    let lowResult = f64x2.splat(1), highResult = f64x2.splat(1);
    for (let left = <i32>abs(this.first); left > 0; left >>= 1) {
      if (left & 1) {
        lowResult = f64x2.mul(lowResult, low);
        highResult = f64x2.mul(highResult, high);
      }
      low = f64x2.mul(low, low);
      high = f64x2.mul(high, high);
    }
    if (this.first >= 0) return demote(lowResult, highResult);
    return demote(f64x2.div(f64x2.splat(1), lowResult), f64x2.div(f64x2.splat(1), highResult));
  }
}
export function mapWholePower(p: usize, chunk: i32): void {
  map<WholePower>(p, chunk);
}

/** The square root as Math.pow has it: of -Infinity it is Infinity, of -0 it is 0. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function root(x: v128): v128 {
  const least = f32x4.eq(x, f32x4.splat(-Infinity));
  return f32x4.sqrt(f32x4.add(choose(least, f32x4.splat(Infinity), x), f32x4.splat(0)));
}

@unmanaged
class HalfPower extends Pass {
  @inline
  of(x: v128): v128 {
    return root(x);
  }
}
export function mapHalfPower(p: usize, chunk: i32): void {
  map<HalfPower>(p, chunk);
}

@unmanaged
class MinusHalfPower extends Pass {
  @inline
  of(x: v128): v128 {
    return f32x4.div(f32x4.splat(1), root(x));
  }
}
export function mapMinusHalfPower(p: usize, chunk: i32): void {
  map<MinusHalfPower>(p, chunk);
}
