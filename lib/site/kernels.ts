/** The library's compiled kernels, which are fetched when they are read. */
export const KERNELS = ["compute/simd", "recommend"].flatMap((room) =>
  ["relaxed", "plain", "unshared"].map((build) => `lib/${room}/build/${build}.wasm`),
);
