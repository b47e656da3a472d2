// Whole numbers: arithmetic of int32, and division with a remainder of float32 and int32. As in JavaScript, whose numbers
// are double: what leaves int32 comes back on the other side, and division goes by way of double precision.
import { scratch } from "../../../threads/assembly/pool";
import { choose, demote, promoteHigh } from "./lanes";
import { zip } from "./pairs";
import { map, Pass } from "./passes";

/** Where the numbers of an operation lie that goes one by one, in the thread's scratch, behind what pairs.ts keeps there. */
const PLACE: usize = 8192;
const OTHERS: usize = 16;

// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function convertHigh(x: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<u64>(x, x, 1, 1));
}

/** Two and two whole numbers; NaN gives 0. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function wholesOf(low: v128, high: v128): v128 {
  return v128.shuffle<u64>(i32x4.trunc_sat_f64x2_s_zero(low), i32x4.trunc_sat_f64x2_s_zero(high), 0, 2);
}

/** The whole number modulo 2^32; NaN and infinities give 0. */
function wrap(x: f64): i32 {
  if (!(abs(x) < Infinity)) return 0;
  const rest = x - floor(x * 2.3283064365386963e-10) * 4294967296;
  return <i32>(<i64>rest);
}

@unmanaged
class IntAdd {
  @inline
  of(a: v128, b: v128): v128 {
    return i32x4.add(a, b);
  }
}
export function zipIntAdd(p: usize, chunk: i32): void {
  zip<IntAdd>(p, chunk);
}

@unmanaged
class IntSub {
  @inline
  of(a: v128, b: v128): v128 {
    return i32x4.sub(a, b);
  }
}
export function zipIntSub(p: usize, chunk: i32): void {
  zip<IntSub>(p, chunk);
}

@unmanaged
class IntMaximum {
  @inline
  of(a: v128, b: v128): v128 {
    return i32x4.max_s(a, b);
  }
}
export function zipIntMaximum(p: usize, chunk: i32): void {
  zip<IntMaximum>(p, chunk);
}

@unmanaged
class IntMinimum {
  @inline
  of(a: v128, b: v128): v128 {
    return i32x4.min_s(a, b);
  }
}
export function zipIntMinimum(p: usize, chunk: i32): void {
  zip<IntMinimum>(p, chunk);
}

/** Beyond 2^53 a product loses its last bits before it is wrapped. */
@unmanaged
class IntMultiply {
  @inline
  of(a: v128, b: v128): v128 {
    const most = i32x4.splat(1 << 26);
    const isExact = v128.and(i32x4.lt_u(i32x4.abs(a), most), i32x4.lt_u(i32x4.abs(b), most));
    return i32x4.all_true(isExact) ? i32x4.mul(a, b) : multiplyLarge(a, b);
  }
}
export function zipIntMultiply(p: usize, chunk: i32): void {
  zip<IntMultiply>(p, chunk);
}

function multiplyLarge(a: v128, b: v128): v128 {
  const c = scratch + PLACE;
  v128.store(c, a);
  v128.store(c, b, OTHERS);
  for (let lane: usize = c; lane < c + 16; lane += 4)
    store<i32>(lane, wrap(<f64>load<i32>(lane) * <f64>load<i32>(lane, OTHERS)));
  return v128.load(c);
}

/** Two and two quotients, rounded down and wrapped. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function floorOf(low: v128, high: v128): v128 {
  const most = f64x2.splat(2147483647);
  const isInside = v128.and(f64x2.lt(f64x2.abs(low), most), f64x2.lt(f64x2.abs(high), most));
  return i64x2.all_true(isInside) ? wholesOf(f64x2.floor(low), f64x2.floor(high)) : floorLarge(low, high);
}

function floorLarge(low: v128, high: v128): v128 {
  return i32x4(
    wrap(floor(f64x2.extract_lane(low, 0))),
    wrap(floor(f64x2.extract_lane(low, 1))),
    wrap(floor(f64x2.extract_lane(high, 0))),
    wrap(floor(f64x2.extract_lane(high, 1))),
  );
}

@unmanaged
class FloorDiv {
  @inline
  of(a: v128, b: v128): v128 {
    const low = f64x2.div(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b));
    return floorOf(low, f64x2.div(promoteHigh(a), promoteHigh(b)));
  }
}
export function zipFloorDiv(p: usize, chunk: i32): void {
  zip<FloorDiv>(p, chunk);
}

@unmanaged
class IntFloorDiv {
  @inline
  of(a: v128, b: v128): v128 {
    const low = f64x2.div(f64x2.convert_low_i32x4_s(a), f64x2.convert_low_i32x4_s(b));
    return floorOf(low, f64x2.div(convertHigh(a), convertHigh(b)));
  }
}
export function zipIntFloorDiv(p: usize, chunk: i32): void {
  zip<IntFloorDiv>(p, chunk);
}

/** Quotients below this are whole where their product with the divisor is exact, of float32 and int32. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function isExact(quotient: v128, b: v128): v128 {
  const most = f64x2.splat(268435456);
  return v128.and(f64x2.lt(f64x2.abs(quotient), most), f64x2.lt(f64x2.abs(b), f64x2.splat(Infinity)));
}

/** What is left of two numbers, with the sign of the divisor. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function modulo(a: v128, b: v128, quotient: v128): v128 {
  const zero = f64x2.splat(0);
  const product = f64x2.mul(f64x2.trunc(quotient), b);
  const rest = v128.or(f64x2.sub(a, product), v128.and(a, f64x2.splat(-0.0)));
  const sum = f64x2.add(rest, b);
  const isWhole = f64x2.eq(f64x2.abs(sum), f64x2.abs(b));
  const moved = choose(isWhole, v128.and(sum, f64x2.splat(-0.0)), sum);
  const isLike = v128.or(
    v128.and(f64x2.lt(a, zero), f64x2.lt(b, zero)),
    v128.and(f64x2.ge(a, zero), f64x2.ge(b, zero)),
  );
  return choose(isLike, rest, moved);
}

function moduloOf(a: f64, b: f64): f64 {
  const rest = a % b;
  return (a < 0 && b < 0) || (a >= 0 && b >= 0) ? rest : (rest + b) % b;
}

@unmanaged
class Mod {
  @inline
  of(a: v128, b: v128): v128 {
    const lowA = f64x2.promote_low_f32x4(a), lowB = f64x2.promote_low_f32x4(b);
    const highA = promoteHigh(a), highB = promoteHigh(b);
    const low = f64x2.div(lowA, lowB), high = f64x2.div(highA, highB);
    return i64x2.all_true(v128.and(isExact(low, lowB), isExact(high, highB)))
      ? demote(modulo(lowA, lowB, low), modulo(highA, highB, high))
      : moduloLarge(a, b);
  }
}
export function zipMod(p: usize, chunk: i32): void {
  zip<Mod>(p, chunk);
}

function moduloLarge(a: v128, b: v128): v128 {
  const c = scratch + PLACE;
  v128.store(c, a);
  v128.store(c, b, OTHERS);
  for (let lane: usize = c; lane < c + 16; lane += 4)
    store<f32>(lane, <f32>moduloOf(<f64>load<f32>(lane), <f64>load<f32>(lane, OTHERS)));
  return v128.load(c);
}

/** Of int32 a quotient is exact enough whatever its size; that by 0 is NaN, which gives 0. */
@unmanaged
class IntMod {
  @inline
  of(a: v128, b: v128): v128 {
    const lowA = f64x2.convert_low_i32x4_s(a), lowB = f64x2.convert_low_i32x4_s(b);
    const highA = convertHigh(a), highB = convertHigh(b);
    return wholesOf(modulo(lowA, lowB, f64x2.div(lowA, lowB)), modulo(highA, highB, f64x2.div(highA, highB)));
  }
}
export function zipIntMod(p: usize, chunk: i32): void {
  zip<IntMod>(p, chunk);
}

@unmanaged
class IntNeg extends Pass {
  @inline
  of(x: v128): v128 {
    return i32x4.neg(x);
  }
}
export function mapIntNeg(p: usize, chunk: i32): void {
  map<IntNeg>(p, chunk);
}

@unmanaged
class IntAbs extends Pass {
  @inline
  of(x: v128): v128 {
    return i32x4.abs(x);
  }
}
export function mapIntAbs(p: usize, chunk: i32): void {
  map<IntAbs>(p, chunk);
}

@unmanaged
class IntSquare extends Pass {
  @inline
  of(x: v128): v128 {
    return i32x4.mul(x, x);
  }
}
export function mapIntSquare(p: usize, chunk: i32): void {
  map<IntSquare>(p, chunk);
}
