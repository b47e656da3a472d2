// Passes that change or choose: from type to type, by a condition, of truths, of many tensors.
import { CHUNK } from "./fill";
import { choose, loadBytes, storeFirstBytes, storeUpTo, truthsOf } from "./lanes";

/** Bytes of a chunk of a pass over truths. */
const BYTES: i32 = CHUNK * 4;

/** Numbers of 32 bits, from `from` to `to`, four at a time. Parameters: from, to, count. */
function convert<Conversion>(p: usize, chunk: i32): void {
  const conversion = changetype<Conversion>(0);
  const start = chunk * CHUNK;
  let left = min(CHUNK, load<i32>(p, 8) - start);
  let from = load<usize>(p) + <usize>(start * conversion.bytes());
  let to = load<usize>(p, 4) + (<usize>start << 2);
  for (; left > 0; left -= 4, from += 4 * conversion.bytes(), to += 16) {
    const result = conversion.of(from);
    storeUpTo(to, result, left);
  }
}

@unmanaged
class FloatToInt {
  @inline
  bytes(): i32 {
    return 4;
  }
  @inline
  of(from: usize): v128 {
    const x = v128.load(from);
    if (v128.any_true(f32x4.ge(f32x4.abs(x), f32x4.splat(2147483648)))) return wrapped(x);
    return i32x4.trunc_sat_f32x4_s(x);
  }
}
export function castFloatToInt(p: usize, chunk: i32): void {
  convert<FloatToInt>(p, chunk);
}

/** Whole numbers beyond 32 bits lose their upper bits, as JavaScript has it. */
function wrapped(x: v128): v128 {
  let result = i32x4.splat(wrap(f32x4.extract_lane(x, 0)));
  result = i32x4.replace_lane(result, 1, wrap(f32x4.extract_lane(x, 1)));
  result = i32x4.replace_lane(result, 2, wrap(f32x4.extract_lane(x, 2)));
  return i32x4.replace_lane(result, 3, wrap(f32x4.extract_lane(x, 3)));
}

/** From 2^63 on a float32 is a multiple of 2^32. */
function wrap(x: f32): i32 {
  return abs(x) < 9223372036854775808.0 ? <i32>(<i64>x) : 0;
}

@unmanaged
class IntToFloat {
  @inline
  bytes(): i32 {
    return 4;
  }
  @inline
  of(from: usize): v128 {
    return f32x4.convert_i32x4_s(v128.load(from));
  }
}
export function castIntToFloat(p: usize, chunk: i32): void {
  convert<IntToFloat>(p, chunk);
}

@unmanaged
class BoolToFloat {
  @inline
  bytes(): i32 {
    return 1;
  }
  @inline
  of(from: usize): v128 {
    return f32x4.convert_i32x4_s(loadBytes(from));
  }
}
export function castBoolToFloat(p: usize, chunk: i32): void {
  convert<BoolToFloat>(p, chunk);
}

@unmanaged
class BoolToInt {
  @inline
  bytes(): i32 {
    return 1;
  }
  @inline
  of(from: usize): v128 {
    return loadBytes(from);
  }
}
export function castBoolToInt(p: usize, chunk: i32): void {
  convert<BoolToInt>(p, chunk);
}

/** Whether numbers are other than 0. Parameters: from, to, count. */
function truths<Test>(p: usize, chunk: i32): void {
  const test = changetype<Test>(0);
  const start = chunk * CHUNK;
  let left = min(CHUNK, load<i32>(p, 8) - start);
  let from = load<usize>(p) + (<usize>start << 2);
  let to = load<usize>(p, 4) + <usize>start;
  for (; left > 0; left -= 16, from += 64, to += 16) {
    const result = truthsOf(
      test.of(v128.load(from)),
      test.of(v128.load(from, 16)),
      test.of(v128.load(from, 32)),
      test.of(v128.load(from, 48)),
    );
    if (left >= 16) v128.store(to, result);
    else storeFirstBytes(to, result, left);
  }
}

@unmanaged
class FloatIsSet {
  @inline
  of(x: v128): v128 {
    return f32x4.ne(x, f32x4.splat(0));
  }
}
export function castFloatToBool(p: usize, chunk: i32): void {
  truths<FloatIsSet>(p, chunk);
}

@unmanaged
class IntIsSet {
  @inline
  of(x: v128): v128 {
    return i32x4.ne(x, i32x4.splat(0));
  }
}
export function castIntToBool(p: usize, chunk: i32): void {
  truths<IntIsSet>(p, chunk);
}

/** Of two tensors of 32-bit numbers the one that the condition says. Parameters: condition, yes, no, to, count. */
export function select(p: usize, chunk: i32): void {
  const start = chunk * CHUNK;
  let left = min(CHUNK, load<i32>(p, 16) - start);
  let condition = load<usize>(p) + <usize>start;
  let at = <usize>start << 2;
  const yes = load<usize>(p, 4), no = load<usize>(p, 8), to = load<usize>(p, 12);
  for (; left > 0; left -= 4, condition += 4, at += 16) {
    const mask = i32x4.eq(loadBytes(condition), i32x4.splat(1));
    const result = choose(mask, v128.load(yes + at), v128.load(no + at));
    storeUpTo(to + at, result, left);
  }
}

/** The truths of a and b, sixteen at a time. Parameters: a, b, to, count. */
function logic<Operation>(p: usize, chunk: i32): void {
  const operation = changetype<Operation>(0);
  let at = <usize>chunk * BYTES;
  let left = min(BYTES, load<i32>(p, 12) - chunk * BYTES);
  const a = load<usize>(p), b = load<usize>(p, 4), to = load<usize>(p, 8);
  for (; left > 0; left -= 16, at += 16) {
    const result = operation.of(v128.load(a + at), v128.load(b + at));
    if (left >= 16) v128.store(to + at, result);
    else storeFirstBytes(to + at, result, left);
  }
}

@unmanaged
class And {
  @inline
  of(a: v128, b: v128): v128 {
    return v128.and(b, i8x16.ne(a, i8x16.splat(0)));
  }
}
export function logicalAnd(p: usize, chunk: i32): void {
  logic<And>(p, chunk);
}

@unmanaged
class Or {
  @inline
  of(a: v128, b: v128): v128 {
    return choose(i8x16.eq(a, i8x16.splat(0)), b, a);
  }
}
export function logicalOr(p: usize, chunk: i32): void {
  logic<Or>(p, chunk);
}

@unmanaged
class Not {
  @inline
  of(a: v128, _b: v128): v128 {
    return v128.and(i8x16.eq(a, i8x16.splat(0)), i8x16.splat(1));
  }
}
/** b is a. */
export function logicalNot(p: usize, chunk: i32): void {
  logic<Not>(p, chunk);
}

/** Sets bytes. Parameters: to, count, value. */
export function fillBytes(p: usize, chunk: i32): void {
  memory.fill(
    load<usize>(p) + <usize>chunk * BYTES, load<u8>(p, 8), <usize>min(BYTES, load<i32>(p, 4) - chunk * BYTES),
  );
}

/** The sum of tensors, in their order. Parameters: to, count, tensors, their addresses. */
export function addMany(p: usize, chunk: i32): void {
  const start = chunk * CHUNK;
  let left = min(CHUNK, load<i32>(p, 4) - start);
  const tensors = load<usize>(p, 8) << 2;
  const to = load<usize>(p);
  for (let at = <usize>start << 2; left > 0; left -= 4, at += 16) {
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < tensors; i += 4) sum = f32x4.add(sum, v128.load(load<usize>(p + i, 12) + at));
    storeUpTo(to + at, sum, left);
  }
}
