import kernels from "../../compute/simd/build/unshared.wasm";
import { provideKernels } from "../../threads/host.browser";

provideKernels("compute/simd", kernels);

export * from "./main";
