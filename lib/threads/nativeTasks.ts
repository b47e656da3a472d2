import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { projectRoot } from "../files";

const load = createRequire(__filename);

/** The vectors of native code: 16 numbers, or 8. */
export type Vectors = "avx512" | "avx2";

/** Whether a build has its products in native code. */
export function isNative(build: string): build is Vectors {
  return build === "avx512" || build === "avx2";
}

/** The addon of a room's native code, as compute/simd/native/addon.c makes it. */
interface Addon {
  /** The tasks, working on a memory: the imports of the native build. */
  bind(bytes: Uint8Array, wide: boolean): Record<string, (params: number, chunk: number) => void>;
  /** The widest vectors of this processor that the tasks are compiled for; "" for none. */
  vectors(): Vectors | "";
}

/** Whether a room has native code, compiled or not. */
export function hasNative(room: string): boolean {
  return fs.existsSync(path.join(projectRoot, "lib", room, "native"));
}

/** Where the native code of a room lies, once `setup.js` has compiled it. */
export function nativeFile(room: string): string {
  return path.join(projectRoot, "lib", room, "build", "native.node");
}

/** The widest vectors that a room's native code has here, or why it cannot be used. */
export function findNative(room: string): { vectors?: Vectors; why?: string } {
  const file = nativeFile(room);
  if (!fs.existsSync(file)) return { why: "node setup.js has found no C compiler for x86-64, or it failed" };
  try {
    const vectors = (load(file) as Addon).vectors();
    return vectors ? { vectors } : { why: "this processor has no AVX2" };
  } catch (error) {
    return { why: `the native code does not load (${(error as Error).message.split("\n")[0]})` };
  }
}

/** The native tasks of a room, working on a memory. */
export function bindNative(room: string, memory: WebAssembly.Memory, vectors: Vectors): WebAssembly.ModuleImports {
  return (load(nativeFile(room)) as Addon).bind(new Uint8Array(memory.buffer), vectors === "avx512");
}
