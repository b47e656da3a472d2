/// <reference lib="dom" />
import type * as node from "./host";

// The browser's side of `host.ts`: one thread in memory of its own, which needs no cross-origin isolation.

const bytes = new Map<string, Uint8Array>();
const modules = new Map<string, WebAssembly.Module>();

/** Gives a room's kernels, the bytes of its `unshared.wasm`. */
export function provideKernels(room: string, wasm: Uint8Array): void {
  bytes.set(room, wasm);
}

export const environment: typeof node.environment = () => ({});

export const countCores: typeof node.countCores = () => 1;

export const sharesMemory: typeof node.sharesMemory = () => false;

export const chooseBuild: typeof node.chooseBuild = () => "unshared";

export const loadModule: typeof node.loadModule = (room) => {
  const wasm = bytes.get(room);
  if (!wasm) throw new Error(`the kernels of ${room} were not provided; import the package's browser entry`);
  if (!modules.has(room)) modules.set(room, new WebAssembly.Module(wasm as BufferSource));
  return modules.get(room)!;
};

export const bindNative: typeof node.bindNative = () => {
  throw new Error("a browser runs no native code");
};

export const startWorker: typeof node.startWorker = () => {
  throw new Error("kernels run on one thread in a browser");
};
