/** The browser's entries hold their kernels as bytes: esbuild's loader "binary" puts them there. */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
