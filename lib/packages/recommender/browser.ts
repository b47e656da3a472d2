import kernels from "../../recommend/build/unshared.wasm";
import { provideKernels } from "../../threads/host.browser";

provideKernels("recommend", kernels);

export * from "./main";
