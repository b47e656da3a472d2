import { registerSimd } from "../../compute/simd/registerSimd";

// The package's entry. As with TensorFlow.js' other backends, importing it registers the backend, here by the name "simd".
registerSimd();

export { fileSystem } from "../../compute/simd/corrections/fileIo";
export type { Batch, BatchesArgs, BatchSource } from "../../compute/simd/corrections/generators";
export type { ClassWeight, WeightOptions } from "../../compute/simd/corrections/sampleWeight";
export { registerSimd, simdPool } from "../../compute/simd/registerSimd";
export type { Allocator } from "../../threads/allocator";
export type { Build } from "../../threads/kernelModule";
export type { Pool } from "../../threads/workerPool";
