/** a * b + c, rounded once where the build has relaxed SIMD and the processor a fused multiply-add. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** c - a * b, rounded as `madd` does. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function subtract(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}
