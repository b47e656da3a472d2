/** The vectors of native code: 16 numbers, or 8. */
export type Vectors = "avx512" | "avx2";

/** Whether a build has its products in native code. */
export function isNative(build: string): build is Vectors {
  return build === "avx512" || build === "avx2";
}
