// What the native build calls: tasks in C (../native/), with vectors of 256 or 512 bits. `NATIVE` is 1 in that build
// (setup.js); in the others it is 0, and the compiler drops both the calls and the imports.

/** Whether this is the native build. */
export const isNative: bool = NATIVE == 1;

// @ts-ignore: decorators on functions are AssemblyScript's own
@external("native", "multiplyMatrices")
declare function callMultiplyMatrices(p: usize, chunk: i32): void;
// @ts-ignore: decorators on functions are AssemblyScript's own
@external("native", "multiplyColumns")
declare function callMultiplyColumns(p: usize, chunk: i32): void;
// @ts-ignore: decorators on functions are AssemblyScript's own
@external("native", "convolve")
export declare function nativeConvolve(p: usize, chunk: i32): void;
// @ts-ignore: decorators on functions are AssemblyScript's own
@external("native", "gatherFilter")
export declare function nativeGatherFilter(p: usize, chunk: i32): void;
// @ts-ignore: decorators on functions are AssemblyScript's own
@external("native", "filterForward")
export declare function nativeFilterForward(p: usize, chunk: i32): void;
// @ts-ignore: decorators on functions are AssemblyScript's own
@external("native", "filterBackward")
export declare function nativeFilterBackward(p: usize, chunk: i32): void;

/** A product of matrices, as ../native/products.c reads them; steps are numbers. */
@unmanaged
export class NativeProduct {
  a: usize;
  b: usize;
  to: usize;
  /** Address, or 0. */
  bias: usize;
  /** From row to row. */
  stepA: i32;
  stepB: i32;
  stepTo: i32;
  rows: i32;
  columns: i32;
  depth: i32;
  /** Whether what is at `to` is added. */
  add: i32;
  activation: i32;
  /** Whether B is transposed, [columns, depth]. */
  turned: i32;
}

/** A product at an address: no bias, no activation, nothing added, B as it is. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function describeProduct(
  at: usize, a: usize, stepA: i32, b: usize, stepB: i32, to: usize, stepTo: i32, rows: i32, columns: i32, depth: i32,
): NativeProduct {
  const p = changetype<NativeProduct>(at);
  p.a = a, p.b = b, p.to = to, p.bias = 0;
  p.stepA = stepA, p.stepB = stepB, p.stepTo = stepTo;
  p.rows = rows, p.columns = columns, p.depth = depth;
  p.add = 0, p.activation = 0, p.turned = 0;
  return p;
}

/** A [rows, depth] by B [depth, columns], or by its transpose. */
export function multiplyNatively(p: NativeProduct): void {
  callMultiplyMatrices(changetype<usize>(p), 0);
}

/** A [depth, rows], transposed, by B [depth, columns]; bias and activation are left aside. */
export function multiplyColumnsNatively(p: NativeProduct): void {
  callMultiplyColumns(changetype<usize>(p), 0);
}
