// Sine, cosine, tangent, arc tangent and their hyperbolic kin. An angle loses its quarter turns in double precision, by a
// pi in two parts (Cody and Waite, Software Manual for the Elementary Functions, 1980), one beyond 2^25 by as many bits of
// 2 / pi as it takes (Payne and Hanek, SIGNUM Newsletter, 1983, as in musl's and AssemblyScript's float functions);
// polynomials: Moshier, Cephes, 1992; tangent: Lambert's continued fraction (1761), seven terms.
import { scratch } from "../../../threads/assembly/pool";
import { choose, demote, promoteHigh } from "./lanes";
import { madd } from "./madd";
import { exp4, expm1x4 } from "./math";
import { map, mapLong, Pass } from "./passes";

/** Where the constants lie in the thread's scratch, behind those of math.ts. */
const PLACE: usize = 8192;
const QUARTERS: usize = 0;
const HIGH: usize = 8;
const LOW: usize = 16;
/** 1.5 * 2^52: the last bits of a number to which it is added are the nearest whole one. */
const MAGIC: usize = 24;
const SIN_2: usize = 32;
const SIN_1: usize = 36;
const SIN_0: usize = 40;
const COS_2: usize = 44;
const COS_1: usize = 48;
const COS_0: usize = 52;
const MINUS_HALF: usize = 56;
const ONE: usize = 60;
const EASY: usize = 64;
const TWO_BITS: usize = 68;
/** The bits of 2 / pi. */
const TWO_OVER_PI: usize = 72;
/** Four angles, what is left of them in double precision, and their quarter turns. */
const ANGLES: usize = 104;
const RESTS: usize = 120;
const TURNS: usize = 152;

function writeConstants(): void {
  const c = scratch + PLACE;
  store<f64>(c, 0.636619772367581343, QUARTERS);
  // pi / 2, its first 25 bits and the next 53
  store<u64>(c, 0x3ff921fb50000000, HIGH);
  store<f64>(c, 1.58932547735281966916e-8, LOW);
  store<f64>(c, 6755399441055744, MAGIC);
  store<f32>(c, -1.9515295891e-4, SIN_2);
  store<f32>(c, 8.3321608736e-3, SIN_1);
  store<f32>(c, -1.6666654611e-1, SIN_0);
  store<f32>(c, 2.443315711809948e-5, COS_2);
  store<f32>(c, -1.388731625493765e-3, COS_1);
  store<f32>(c, 4.166664568298827e-2, COS_0);
  store<f32>(c, -0.5, MINUS_HALF);
  store<f32>(c, 1, ONE);
  store<f32>(c, 33554432, EASY);
  store<i32>(c, 2, TWO_BITS);
  store<u64>(c, 0xa2f9836e4e441529, TWO_OVER_PI);
  store<u64>(c, 0xfc2757d1f534ddc0, TWO_OVER_PI + 8);
  store<u64>(c, 0xdb6295993c439041, TWO_OVER_PI + 16);
  store<u64>(c, 0xfe5163abdebbc561, TWO_OVER_PI + 24);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function at(c: usize, offset: usize): v128 {
  return v128.load32_splat(c + offset);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function at2(c: usize, offset: usize): v128 {
  return v128.load64_splat(c + offset);
}

/** The nearest number of quarter turns, plus MAGIC. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function turnsOf(x: v128, c: usize): v128 {
  return f64x2.add(f64x2.mul(x, at2(c, QUARTERS)), at2(c, MAGIC));
}

/** What is left of an angle. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function restOf(x: v128, turns: v128, c: usize): v128 {
  const count = f64x2.sub(turns, at2(c, MAGIC));
  return f64x2.sub(f64x2.sub(x, f64x2.mul(count, at2(c, HIGH))), f64x2.mul(count, at2(c, LOW)));
}

/** The angles in scratch without their quarter turns, one after the other: of any size, Infinity and NaN give NaN. */
function reduceAnywhere(c: usize): void {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const x = load<f32>(c + lane, ANGLES);
    const size = abs(x);
    if (!(size < <f32>Infinity)) {
      store<f64>(c + 2 * lane, NaN, RESTS);
      store<i32>(c + lane, 0, TURNS);
    } else if (size >= 33554432) reduceLarge(c, lane, reinterpret<u32>(x));
    else {
      const count = <f64>x * load<f64>(c, QUARTERS) + load<f64>(c, MAGIC) - load<f64>(c, MAGIC);
      store<f64>(c + 2 * lane, <f64>x - count * load<f64>(c, HIGH) - count * load<f64>(c, LOW), RESTS);
      store<i32>(c + lane, <i32>count, TURNS);
    }
  }
}

/** The product of the mantissa and 96 bits of 2 / pi, those before which only whole turns would come. */
function reduceLarge(c: usize, lane: usize, bits: u32): void {
  const offset = ((bits >> 23) & 255) - 152;
  const shift = <u64>(offset & 63);
  const table = c + TWO_OVER_PI + (<usize>(offset >> 6) << 3);
  const first = load<u64>(table), second = load<u64>(table, 8);
  const high = shift ? (first << shift) | (second >> (64 - shift)) : first;
  const low =
    shift > 32 ? (second << (shift - 32)) | (load<u64>(table, 16) >> (96 - shift)) : second >> (32 - shift);
  const mantissa = <u64>((bits & 0x7fffff) | 0x800000);
  const product = mantissa * high + ((mantissa * (low & 0xffffffff)) >> 32);
  const rest = <i64>(product << 2);
  const turns = <i32>((product >> 62) + (<u64>rest >> 63));
  const isNegative = bits >> 31 != 0;
  const angle = 8.51530395021638647334e-20 * <f64>rest; // pi / 2 to 2^64
  store<f64>(c + 2 * lane, isNegative ? -angle : angle, RESTS);
  store<i32>(c + lane, isNegative ? -turns : turns, TURNS);
}

/** Writes what is left of four angles, from -pi / 4 to pi / 4, and their quarter turns. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function reduce(x: v128, c: usize): void {
  if (i32x4.all_true(f32x4.lt(f32x4.abs(x), at(c, EASY)))) {
    const low = f64x2.promote_low_f32x4(x), high = promoteHigh(x);
    const lowTurns = turnsOf(low, c), highTurns = turnsOf(high, c);
    v128.store(c, restOf(low, lowTurns, c), RESTS);
    v128.store(c, restOf(high, highTurns, c), RESTS + 16);
    v128.store(c, v128.shuffle<u32>(lowTurns, highTurns, 0, 2, 4, 6), TURNS);
  } else {
    v128.store(c, x, ANGLES);
    reduceAnywhere(c);
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function sinNear(r: v128, square: v128, c: usize): v128 {
  const q = madd(madd(at(c, SIN_2), square, at(c, SIN_1)), square, at(c, SIN_0));
  return madd(f32x4.mul(q, square), r, r);
}

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function cosNear(square: v128, c: usize): v128 {
  const q = madd(madd(at(c, COS_2), square, at(c, COS_1)), square, at(c, COS_0));
  return madd(f32x4.mul(q, square), square, madd(square, at(c, MINUS_HALF), at(c, ONE)));
}

/** The sine of four angles, so many quarter turns on. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function sinAhead(x: v128, ahead: i32): v128 {
  const c = scratch + PLACE;
  reduce(x, c);
  const r = demote(v128.load(c, RESTS), v128.load(c, RESTS + 16));
  const turns = i32x4.add(v128.load(c, TURNS), i32x4.splat(ahead));
  const square = f32x4.mul(r, r);
  const isOdd = i32x4.shr_s(i32x4.shl(turns, 31), 31);
  const sign = i32x4.shl(v128.and(turns, at(c, TWO_BITS)), 30);
  return v128.xor(choose(isOdd, cosNear(square, c), sinNear(r, square, c)), sign);
}

@unmanaged
class Sin extends Pass {
  @inline
  of(x: v128): v128 {
    return sinAhead(x, 0);
  }
}
export function mapSin(p: usize, chunk: i32): void {
  writeConstants();
  map<Sin>(p, chunk);
}

@unmanaged
class Cos extends Pass {
  @inline
  of(x: v128): v128 {
    return sinAhead(x, 1);
  }
}
export function mapCos(p: usize, chunk: i32): void {
  writeConstants();
  map<Cos>(p, chunk);
}

/** The tangent of an angle up to pi / 4 in double precision, of an odd number of quarter turns its reciprocal, turned. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function tanNear(r: v128, isOdd: v128): v128 {
  const square = f64x2.mul(r, r);
  let top = f64x2.sub(f64x2.splat(378), square);
  top = f64x2.add(f64x2.mul(top, square), f64x2.splat(-17325));
  top = f64x2.mul(f64x2.add(f64x2.mul(top, square), f64x2.splat(135135)), r);
  let bottom = f64x2.add(f64x2.mul(square, f64x2.splat(-28)), f64x2.splat(3150));
  bottom = f64x2.add(f64x2.mul(bottom, square), f64x2.splat(-62370));
  bottom = f64x2.add(f64x2.mul(bottom, square), f64x2.splat(135135));
  return f64x2.div(choose(isOdd, f64x2.neg(bottom), top), choose(isOdd, top, bottom));
}

@unmanaged
class Tan extends Pass {
  @inline
  of(x: v128): v128 {
    const c = scratch + PLACE;
    reduce(x, c);
    const isOdd = i32x4.shr_s(i32x4.shl(v128.load(c, TURNS), 31), 31);
    return demote(
      tanNear(v128.load(c, RESTS), i64x2.extend_low_i32x4_s(isOdd)),
      tanNear(v128.load(c, RESTS + 16), i64x2.extend_high_i32x4_s(isOdd)),
    );
  }
}
export function mapTan(p: usize, chunk: i32): void {
  writeConstants();
  map<Tan>(p, chunk);
}

/** Of a size beyond tan(3 pi / 8) by its reciprocal, beyond tan(pi / 8) by its distance from 1. */
@unmanaged
class Atan extends Pass {
  @inline
  of(x: v128): v128 {
    const one = f32x4.splat(1), size = f32x4.abs(x);
    const far = f32x4.gt(size, f32x4.splat(2.414213562373095)), near = f32x4.le(size, f32x4.splat(0.4142135623730950));
    const top = choose(far, f32x4.neg(one), choose(near, size, f32x4.sub(size, one)));
    const r = f32x4.div(top, choose(far, size, choose(near, one, f32x4.add(size, one))));
    const square = f32x4.mul(r, r);
    let q = madd(square, f32x4.splat(8.05374449538e-2), f32x4.splat(-1.38776856032e-1));
    q = madd(q, square, f32x4.splat(1.99777106478e-1));
    q = madd(q, square, f32x4.splat(-3.33329491539e-1));
    const angle = madd(f32x4.mul(q, square), r, r);
    const from = choose(far, f32x4.splat(1.5707963267948966), v128.andnot(f32x4.splat(0.7853981633974483), near));
    // what pi / 2 and pi / 4 lack in single precision is added first
    const more = madd(from, f32x4.splat(-2.7827534e-8), angle);
    return v128.xor(f32x4.add(from, more), v128.and(x, f32x4.splat(-0.0)));
  }
}
export function mapAtan(p: usize, chunk: i32): void {
  map<Atan>(p, chunk);
}

/** exp(|x|) / 2 where that is near the largest number or beyond: the square of exp(|x| / 2). */
function halfExp(size: v128, c: usize): v128 {
  const root = exp4(f32x4.mul(size, f32x4.splat(0.5)), c);
  return f32x4.mul(f32x4.mul(root, f32x4.splat(0.5)), root);
}

@unmanaged
class Sinh extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    const size = f32x4.abs(x), half = f32x4.splat(0.5);
    const more = expm1x4(size, c);
    const large = f32x4.gt(size, f32x4.splat(86));
    let result = f32x4.mul(half, f32x4.add(more, f32x4.div(more, f32x4.add(more, f32x4.splat(1)))));
    if (v128.any_true(large)) result = choose(large, halfExp(size, c), result);
    return v128.xor(result, v128.and(x, f32x4.splat(-0.0)));
  }
}
export function mapSinh(p: usize, chunk: i32): void {
  mapLong<Sinh>(p, chunk);
}

@unmanaged
class Cosh extends Pass {
  @inline
  of(x: v128, c: usize): v128 {
    const size = f32x4.abs(x), half = f32x4.splat(0.5);
    const whole = exp4(size, c);
    const large = f32x4.gt(size, f32x4.splat(86));
    const result = f32x4.add(f32x4.mul(half, whole), f32x4.div(half, whole));
    return v128.any_true(large) ? choose(large, halfExp(size, c), result) : result;
  }
}
export function mapCosh(p: usize, chunk: i32): void {
  mapLong<Cosh>(p, chunk);
}
