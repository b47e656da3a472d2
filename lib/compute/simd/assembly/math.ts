// Exponential, logarithm and what follows from them, four numbers at a time, over the whole range of float32 with
// denormals, infinities and NaN. Range reduction by constants in two parts: Cody and Waite, Software Manual for the
// Elementary Functions, 1980; polynomials: Moshier, Cephes, 1992; log1p: Kahan's correction (Hewlett-Packard, 1982).
import { choose } from "./lanes";
import { madd } from "./madd";

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** The nearest number of halvings or doublings. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function doublings(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, splat(1.44269504088896341)));
}

/** Where exp() is neither 0 nor infinite, and a little more. NaN stays. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function clamp(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, splat(-105)), splat(89));
}

/** exp(x) - 1 of x without its doublings. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function expRest(x: v128, count: v128): v128 {
  const high = madd(count, splat(-0.693359375), x);
  const r = madd(count, splat(2.12194440e-4), high);
  const lost = madd(count, splat(2.12194440e-4), f32x4.sub(high, r));
  let q = madd(splat(1.9875691500e-4), r, splat(1.3981999507e-3));
  q = madd(q, r, splat(8.3334519073e-3));
  q = madd(q, r, splat(4.1665795894e-2));
  q = madd(q, r, splat(1.6666665459e-1));
  q = madd(q, r, splat(5.0000001201e-1));
  return f32x4.add(madd(q, f32x4.mul(r, r), lost), r);
}

/** 2 to the power of a whole number from -126 to 127. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function powerOfTwo(exponent: v128): v128 {
  return i32x4.shl(i32x4.add(exponent, i32x4.splat(127)), 23);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function exp4(x: v128): v128 {
  const inside = clamp(x);
  const count = doublings(inside);
  const whole = i32x4.trunc_sat_f32x4_s(count);
  const half = i32x4.shr_s(whole, 1);
  const result = f32x4.add(expRest(inside, count), splat(1));
  return f32x4.mul(f32x4.mul(result, powerOfTwo(i32x4.sub(whole, half))), powerOfTwo(half));
}

/** exp(x) - 1, exact near 0. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function expm1x4(x: v128): v128 {
  const inside = clamp(x);
  const count = doublings(inside);
  const whole = i32x4.trunc_sat_f32x4_s(count);
  const half = i32x4.shr_s(whole, 1);
  const rest = i32x4.sub(whole, half);
  const scale = powerOfTwo(rest);
  const shift = f32x4.sub(scale, powerOfTwo(i32x4.neg(half)));
  return f32x4.mul(f32x4.add(f32x4.mul(expRest(inside, count), scale), shift), powerOfTwo(half));
}

/** The logarithm of a positive number that is not denormal. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function logNormal(x: v128, moreDoublings: v128): v128 {
  // the mantissa from sqrt(1/2) to sqrt(2)
  const bits = i32x4.add(x, i32x4.splat(0x3f800000 - 0x3f3504f3));
  const count = f32x4.add(f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(bits, 23), i32x4.splat(127))), moreDoublings);
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x7fffff)), i32x4.splat(0x3f3504f3));
  const r = f32x4.sub(mantissa, splat(1));
  let q = madd(splat(7.0376836292e-2), r, splat(-1.1514610310e-1));
  q = madd(q, r, splat(1.1676998740e-1));
  q = madd(q, r, splat(-1.2420140846e-1));
  q = madd(q, r, splat(1.4249322787e-1));
  q = madd(q, r, splat(-1.6668057665e-1));
  q = madd(q, r, splat(2.0000714765e-1));
  q = madd(q, r, splat(-2.4999993993e-1));
  q = madd(q, r, splat(3.3333331174e-1));
  const square = f32x4.mul(r, r);
  let low = f32x4.mul(f32x4.mul(q, r), square);
  low = madd(count, splat(-2.12194440e-4), low);
  low = madd(square, splat(-0.5), low);
  return madd(count, splat(0.693359375), f32x4.add(r, low));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function log4(x: v128): v128 {
  const denormal = f32x4.lt(x, splat(1.17549435e-38));
  const scaled = choose(denormal, f32x4.mul(x, splat(8388608)), x);
  const finite = logNormal(scaled, v128.and(denormal, splat(-23)));
  // 0 gives -Infinity; Infinity and NaN stay; below 0 NaN
  let result = choose(f32x4.eq(x, splat(0)), splat(-Infinity), finite);
  result = choose(f32x4.lt(x, splat(Infinity)), result, x);
  return v128.or(result, f32x4.lt(x, splat(0)));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function log1p4(x: v128): v128 {
  const one = splat(1);
  const sum = f32x4.add(one, x);
  const lost = choose(f32x4.ge(x, one), f32x4.sub(one, f32x4.sub(sum, x)), f32x4.sub(x, f32x4.sub(sum, one)));
  const ordinary = v128.and(f32x4.gt(sum, splat(0)), f32x4.lt(sum, splat(Infinity)));
  return f32x4.add(log4(sum), v128.and(ordinary, f32x4.div(lost, sum)));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function sigmoid4(x: v128): v128 {
  const small = exp4(f32x4.neg(f32x4.abs(x)));
  return f32x4.div(choose(f32x4.lt(x, splat(0)), small, splat(1)), f32x4.add(splat(1), small));
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let q = madd(splat(-5.70498872745e-3), square, splat(2.06390887954e-2));
  q = madd(q, square, splat(-5.37397155531e-2));
  q = madd(q, square, splat(1.33314422036e-1));
  q = madd(q, square, splat(-3.33332819422e-1));
  const near = madd(f32x4.mul(q, square), x, x);
  const far = f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(exp4(f32x4.add(size, size)), splat(1))));
  return choose(f32x4.lt(size, splat(0.625)), near, v128.or(far, v128.and(x, splat(-0.0))));
}

/** log(1 + exp(x)) as TensorFlow has it: exp(x) below -13.94, x above 13.94, where float32 shows no difference. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function softplus4(x: v128): v128 {
  const bound: f32 = 13.942385;
  const small = exp4(f32x4.neg(f32x4.abs(x)));
  const middle = f32x4.add(f32x4.pmax(x, splat(0)), log1p4(small));
  return choose(f32x4.lt(x, splat(-bound)), small, choose(f32x4.gt(x, splat(bound)), x, middle));
}
