import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { projectRoot } from "../files";
import type { Vectors } from "./vectors";

const load = createRequire(__filename);

/** The addon of a room's native code, as compute/simd/native/addon.c makes it. */
interface Addon {
  /** The tasks, working on a memory: the imports of the native build. */
  bind(bytes: Uint8Array, wide: boolean): Record<string, (params: number, chunk: number) => void>;
  /** The widest vectors of this processor that the tasks are compiled for; "" for none. */
  vectors(): Vectors | "";
}

/** Whether a room has native code: its sources, or compiled without them, as in a package. */
export function hasNative(room: string): boolean {
  return fs.existsSync(path.join(projectRoot, "lib", room, "native")) || fs.existsSync(nativeFile(room));
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
