// Exponential, logarithm and what follows from them, four numbers at a time, over the whole range of float32 with
// denormals, infinities and NaN. Range reduction by constants in two parts: Cody and Waite, Software Manual for the
// Elementary Functions, 1980; polynomials: Moshier, Cephes, 1992; log1p: Kahan's correction (Hewlett-Packard, 1982).
//
// V8 makes a vector constant anew in every turn of a loop, with three instructions; a number that is loaded and spread
// takes one. So the constants stand in the thread's scratch, at the address `c`, from `constants` on.
import { scratch } from "../../../threads/assembly/pool";
import { choose } from "./lanes";
import { madd } from "./madd";

const LOG2E: usize = 0;
const MAGIC: usize = 4;
const LN2_HIGH: usize = 8;
const LN2_LOW: usize = 12;
const EXP_6: usize = 16;
const EXP_5: usize = 20;
const EXP_4: usize = 24;
const EXP_3: usize = 28;
const EXP_2: usize = 32;
const EXP_1: usize = 36;
const ONE: usize = 40;
const TWO: usize = 44;
const EXP_LEAST: usize = 48;
const EXP_MOST: usize = 52;
const EXP_EASY: usize = 56;
const EXPM1_LEAST: usize = 60;
const EXPM1_EASY: usize = 64;
const LOG_8: usize = 68;
const LOG_7: usize = 72;
const LOG_6: usize = 76;
const LOG_5: usize = 80;
const LOG_4: usize = 84;
const LOG_3: usize = 88;
const LOG_2: usize = 92;
const LOG_1: usize = 96;
const LOG_0: usize = 100;
const MINUS_HALF: usize = 104;
const NORMAL: usize = 108;
const INFINITE: usize = 112;
const TANH_4: usize = 116;
const TANH_3: usize = 120;
const TANH_2: usize = 124;
const TANH_1: usize = 128;
const TANH_0: usize = 132;
const TANH_NEAR: usize = 136;
const TANH_FLAT: usize = 140;
const SOFTPLUS_BOUND: usize = 144;
const SIGN: usize = 148;
const MANTISSA: usize = 152;
const ROOT: usize = 156;
const FROM_ROOT: usize = 160;
const BIAS: usize = 164;

/** Bytes of the constants. */
export const CONSTANT_BYTES: usize = 176;

/** Writes the constants and gives their address; to be called in every chunk. */
export function constants(): usize {
  const c = scratch;
  store<f32>(c, 1.44269504088896341, LOG2E);
  store<f32>(c, 12582912, MAGIC);
  store<f32>(c, -0.693359375, LN2_HIGH);
  store<f32>(c, 2.12194440e-4, LN2_LOW);
  store<f32>(c, 1.9875691500e-4, EXP_6);
  store<f32>(c, 1.3981999507e-3, EXP_5);
  store<f32>(c, 8.3334519073e-3, EXP_4);
  store<f32>(c, 4.1665795894e-2, EXP_3);
  store<f32>(c, 1.6666665459e-1, EXP_2);
  store<f32>(c, 5.0000001201e-1, EXP_1);
  store<f32>(c, 1, ONE);
  store<f32>(c, 2, TWO);
  store<f32>(c, -105, EXP_LEAST);
  store<f32>(c, 89, EXP_MOST);
  store<f32>(c, 86, EXP_EASY);
  store<f32>(c, -30, EXPM1_LEAST);
  store<f32>(c, 88, EXPM1_EASY);
  store<f32>(c, 7.0376836292e-2, LOG_8);
  store<f32>(c, -1.1514610310e-1, LOG_7);
  store<f32>(c, 1.1676998740e-1, LOG_6);
  store<f32>(c, -1.2420140846e-1, LOG_5);
  store<f32>(c, 1.4249322787e-1, LOG_4);
  store<f32>(c, -1.6668057665e-1, LOG_3);
  store<f32>(c, 2.0000714765e-1, LOG_2);
  store<f32>(c, -2.4999993993e-1, LOG_1);
  store<f32>(c, 3.3333331174e-1, LOG_0);
  store<f32>(c, -0.5, MINUS_HALF);
  store<f32>(c, 1.17549435e-38, NORMAL);
  store<f32>(c, Infinity, INFINITE);
  store<f32>(c, -5.70498872745e-3, TANH_4);
  store<f32>(c, 2.06390887954e-2, TANH_3);
  store<f32>(c, -5.37397155531e-2, TANH_2);
  store<f32>(c, 1.33314422036e-1, TANH_1);
  store<f32>(c, -3.33332819422e-1, TANH_0);
  store<f32>(c, 0.625, TANH_NEAR);
  store<f32>(c, 20, TANH_FLAT);
  store<f32>(c, 13.942385, SOFTPLUS_BOUND);
  store<f32>(c, -0.0, SIGN);
  store<i32>(c, 0x7fffff, MANTISSA);
  store<i32>(c, 0x3f3504f3, ROOT);
  store<i32>(c, 0x3f800000 - 0x3f3504f3, FROM_ROOT);
  store<i32>(c, 127, BIAS);
  return c;
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function at(c: usize, offset: usize): v128 {
  return v128.load32_splat(c + offset);
}

/** The nearest whole number of doublings, as the last bits of a float32. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function doublings(x: v128, c: usize): v128 {
  return madd(x, at(c, LOG2E), at(c, MAGIC));
}

/** exp(x) - 1 of x without its doublings, from -ln(2) / 2 to ln(2) / 2. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function expRest(x: v128, doubled: v128, c: usize): v128 {
  const count = f32x4.sub(doubled, at(c, MAGIC));
  const high = madd(count, at(c, LN2_HIGH), x);
  const r = madd(count, at(c, LN2_LOW), high);
  const lost = madd(count, at(c, LN2_LOW), f32x4.sub(high, r));
  const square = f32x4.mul(r, r);
  const far = madd(at(c, EXP_6), r, at(c, EXP_5));
  const middle = madd(at(c, EXP_4), r, at(c, EXP_3));
  const near = madd(at(c, EXP_2), r, at(c, EXP_1));
  const q = madd(madd(far, square, middle), square, near);
  return f32x4.add(madd(q, square, lost), r);
}

/** 2 to the power of a whole number from -126 to 127. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function powerOfTwo(exponent: v128, c: usize): v128 {
  return i32x4.shl(i32x4.add(exponent, at(c, BIAS)), 23);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function exp4(x: v128, c: usize): v128 {
  if (!i32x4.all_true(f32x4.le(f32x4.abs(x), at(c, EXP_EASY)))) return expAnywhere(x, c);
  const doubled = doublings(x, c);
  return i32x4.add(f32x4.add(expRest(x, doubled, c), at(c, ONE)), i32x4.shl(doubled, 23));
}

/** Where the result may be denormal, infinite or NaN: the doublings in two steps. */
function expAnywhere(x: v128, c: usize): v128 {
  const inside = f32x4.pmin(f32x4.pmax(x, at(c, EXP_LEAST)), at(c, EXP_MOST));
  const doubled = doublings(inside, c);
  const whole = i32x4.sub(doubled, at(c, MAGIC));
  const half = i32x4.shr_s(whole, 1);
  const result = f32x4.add(expRest(inside, doubled, c), at(c, ONE));
  return f32x4.mul(f32x4.mul(result, powerOfTwo(i32x4.sub(whole, half), c)), powerOfTwo(half, c));
}

/** exp(x) - 1, exact near 0. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function expm1x4(x: v128, c: usize): v128 {
  const one = at(c, ONE);
  const large = f32x4.gt(x, at(c, EXPM1_EASY));
  const inside = f32x4.pmax(v128.andnot(x, large), at(c, EXPM1_LEAST));
  const doubled = doublings(inside, c);
  const scale = i32x4.add(i32x4.shl(doubled, 23), one);
  const result = madd(expRest(inside, doubled, c), scale, f32x4.sub(scale, one));
  return v128.any_true(large) ? choose(large, expAnywhere(x, c), result) : result;
}

/** The logarithm of a positive number, neither denormal nor infinite. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function logNormal(x: v128, c: usize): v128 {
  return logOf(x, f32x4.splat(0), c);
}

/** As logNormal, so many doublings added. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function logOf(x: v128, more: v128, c: usize): v128 {
  // the mantissa from sqrt(1/2) to sqrt(2)
  const bits = i32x4.add(x, at(c, FROM_ROOT));
  const count = f32x4.add(f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(bits, 23), at(c, BIAS))), more);
  const mantissa = i32x4.add(v128.and(bits, at(c, MANTISSA)), at(c, ROOT));
  const r = f32x4.sub(mantissa, at(c, ONE));
  const square = f32x4.mul(r, r);
  const high = madd(madd(at(c, LOG_8), r, at(c, LOG_7)), square, madd(at(c, LOG_6), r, at(c, LOG_5)));
  const middle = madd(madd(at(c, LOG_4), r, at(c, LOG_3)), square, madd(at(c, LOG_2), r, at(c, LOG_1)));
  const q = madd(madd(high, f32x4.mul(square, square), middle), r, at(c, LOG_0));
  let low = f32x4.mul(f32x4.mul(q, r), square);
  low = f32x4.sub(low, f32x4.mul(count, at(c, LN2_LOW)));
  low = madd(square, at(c, MINUS_HALF), low);
  return f32x4.sub(f32x4.add(r, low), f32x4.mul(count, at(c, LN2_HIGH)));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function log4(x: v128, c: usize): v128 {
  const easy = v128.and(f32x4.ge(x, at(c, NORMAL)), f32x4.lt(x, at(c, INFINITE)));
  return i32x4.all_true(easy) ? logNormal(x, c) : logAnywhere(x, c);
}

/** 0 gives -Infinity, numbers below 0 NaN; Infinity and NaN stay. */
function logAnywhere(x: v128, c: usize): v128 {
  const denormal = f32x4.lt(x, at(c, NORMAL));
  const scaled = choose(denormal, f32x4.mul(x, f32x4.splat(8388608)), x);
  let result = logOf(scaled, v128.and(denormal, f32x4.splat(-23)), c);
  result = choose(f32x4.eq(x, f32x4.splat(0)), f32x4.splat(-Infinity), result);
  result = choose(f32x4.lt(x, at(c, INFINITE)), result, x);
  return v128.or(result, f32x4.lt(x, f32x4.splat(0)));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function log1p4(x: v128, c: usize): v128 {
  const one = at(c, ONE);
  const sum = f32x4.add(one, x);
  const lost = choose(f32x4.ge(x, one), f32x4.sub(one, f32x4.sub(sum, x)), f32x4.sub(x, f32x4.sub(sum, one)));
  const ordinary = v128.and(f32x4.gt(sum, f32x4.splat(0)), f32x4.lt(sum, at(c, INFINITE)));
  return f32x4.add(log4(sum, c), v128.and(ordinary, f32x4.div(lost, sum)));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function sigmoid4(x: v128, c: usize): v128 {
  const one = at(c, ONE);
  const small = exp4(f32x4.neg(f32x4.abs(x)), c);
  return f32x4.div(choose(f32x4.lt(x, f32x4.splat(0)), small, one), f32x4.add(one, small));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function tanh4(x: v128, c: usize): v128 {
  const size = f32x4.pmin(f32x4.abs(x), at(c, TANH_FLAT));
  const square = f32x4.mul(x, x);
  let q = madd(at(c, TANH_4), square, at(c, TANH_3));
  q = madd(q, square, at(c, TANH_2));
  q = madd(q, square, at(c, TANH_1));
  q = madd(q, square, at(c, TANH_0));
  const near = madd(f32x4.mul(q, square), x, x);
  const far = f32x4.sub(at(c, ONE), f32x4.div(at(c, TWO), f32x4.add(exp4(f32x4.add(size, size), c), at(c, ONE))));
  return choose(f32x4.lt(size, at(c, TANH_NEAR)), near, v128.or(far, v128.and(x, at(c, SIGN))));
}

/** log(1 + exp(x)) as TensorFlow has it: exp(x) below -13.94, x above 13.94, where float32 shows no difference. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function softplus4(x: v128, c: usize): v128 {
  const bound = at(c, SOFTPLUS_BOUND), one = at(c, ONE);
  const small = exp4(f32x4.neg(f32x4.abs(x)), c);
  const sum = f32x4.add(one, small);
  const lost = f32x4.div(f32x4.sub(small, f32x4.sub(sum, one)), sum);
  const middle = f32x4.add(f32x4.pmax(x, f32x4.splat(0)), f32x4.add(logNormal(sum, c), lost));
  return choose(f32x4.lt(x, f32x4.neg(bound)), small, choose(f32x4.gt(x, bound), x, middle));
}
