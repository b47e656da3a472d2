/** Writes the first 1, 2 or 3 numbers of a vector. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function storeFirst(to: usize, numbers: v128, count: i32): void {
  if (count & 2) {
    v128.store64_lane(to, numbers, 0);
    if (count & 1) v128.store32_lane(to, numbers, 2, 8);
  } else if (count & 1) v128.store32_lane(to, numbers, 0);
}

/** Writes the first so many numbers of a vector: all four where there are as many. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function storeUpTo(to: usize, numbers: v128, count: i32): void {
  if (count >= 4) v128.store(to, numbers);
  else storeFirst(to, numbers, count);
}

/** The sum of the four numbers of a vector: of those two apart first. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function total(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The first so many numbers of a vector, the others replaced. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function keepFirst(numbers: v128, count: i32, other: v128): v128 {
  return v128.bitselect(numbers, other, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
}

/** `yes` where the mask is set, `no` elsewhere. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function choose(mask: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, mask);
}

/** Writes the first bytes of a vector, fewer than 16. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function storeFirstBytes(to: usize, bytes: v128, count: i32): void {
  let rest = bytes;
  if (count & 8) {
    v128.store64_lane(to, rest, 0);
    rest = v128.shuffle<u64>(rest, rest, 1, 1);
    to += 8;
  }
  if (count & 4) {
    v128.store32_lane(to, rest, 0);
    rest = i64x2.shr_u(rest, 32);
    to += 4;
  }
  if (count & 2) {
    v128.store16_lane(to, rest, 0);
    rest = i64x2.shr_u(rest, 16);
    to += 2;
  }
  if (count & 1) v128.store8_lane(to, rest, 0);
}

/** Four masks of four numbers as sixteen bytes, 1 where they are set. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function truthsOf(first: v128, second: v128, third: v128, fourth: v128): v128 {
  const low = i16x8.narrow_i32x4_s(first, second), high = i16x8.narrow_i32x4_s(third, fourth);
  return v128.and(i8x16.narrow_i16x8_s(low, high), i8x16.splat(1));
}

/** Four bytes as four whole numbers. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function loadBytes(from: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
}

/** The last two numbers of a vector in double precision. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function promoteHigh(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<u64>(x, x, 1, 1));
}

/** Two and two numbers in single precision. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function demote(low: v128, high: v128): v128 {
  return v128.shuffle<u64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
