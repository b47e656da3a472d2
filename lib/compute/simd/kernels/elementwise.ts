import type { SimdKernel } from "../SimdBackend";

/** Element by element. */
export const elementwise: Record<string, SimdKernel> = {};
