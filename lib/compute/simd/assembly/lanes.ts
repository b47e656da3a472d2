/** Writes the first 1, 2 or 3 numbers of a vector. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function storeFirst(to: usize, numbers: v128, count: i32): void {
  if (count & 2) {
    v128.store64_lane(to, numbers, 0);
    if (count & 1) v128.store32_lane(to, numbers, 2, 8);
  } else if (count & 1) v128.store32_lane(to, numbers, 0);
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
