/// <reference lib="dom" />
import * as fs from "node:fs";
import * as path from "node:path";
import * as v8 from "node:v8";
import { projectRoot } from "../files";

/**
 * The builds of a kernel module: with products in native code, with fused multiply-add, without, and without shared
 * memory.
 */
export type Build = "native" | "relaxed" | "plain" | "unshared";

/** (module (func (result v128) … f32x4.relaxed_madd)), which an engine without relaxed SIMD refuses. */
const RELAXED_PROBE = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 17, 65, 0, 253, 17, 65,
  0, 253, 17, 253, 133, 2, 11,
]);

/** Builds that `ATELIER_SIMD` may name, the best first. */
const CHOICES = ["native", "relaxed", "plain"] as const;

/**
 * The best build of a room that runs here, or the one that `ATELIER_SIMD` names. A room without native code takes relaxed
 * for native. Node 20 has relaxed SIMD behind a flag of V8, which is set here.
 *
 * @param room - where under lib its `assembly` and `build` folders lie, as in "compute/simd"
 * @throws RangeError when `ATELIER_SIMD` names no build, or one that does not run here
 */
export function chooseBuild(
  room: string,
  env: Record<string, string | undefined> = process.env,
): (typeof CHOICES)[number] {
  const asked = env.ATELIER_SIMD || undefined;
  if (asked && !CHOICES.some((build) => build === asked))
    throw new RangeError(`ATELIER_SIMD is "${asked}"; it can be native, relaxed or plain, or unset for the best`);
  if (asked === "plain") return "plain";
  if (!hasRelaxedSimd()) {
    if (!asked) return "plain";
    throw new RangeError(`ATELIER_SIMD is "${asked}", but Node ${process.versions.node} has no relaxed SIMD; unset it`);
  }
  if (asked === "relaxed" || !fs.existsSync(path.join(projectRoot, "lib", room, "native"))) return "relaxed";
  const { tasks, why } = loadNative(room);
  if (tasks) return "native";
  if (!asked) return "relaxed";
  throw new RangeError(`ATELIER_SIMD is "native", but ${why}; unset it`);
}

/** The addon of native code, as ../compute/simd/native/addon.c makes it. */
interface NativeTasks {
  /** The tasks, working on a memory; they are imports of the native build. */
  bind(bytes: Uint8Array): Record<string, (params: number, chunk: number) => void>;
  /** What the processor has: "avx512", "avx2", or "" where it has neither. */
  vectors(): string;
}

/** Where a room's native code lies once `setup.js` has compiled it. */
export function nativeFile(room: string): string {
  return path.join(projectRoot, "lib", room, "build", "native.node");
}

/** The native code of a room, or why it cannot be had. */
export function loadNative(room: string): { tasks?: NativeTasks; why: string } {
  const file = nativeFile(room);
  if (!fs.existsSync(file)) return { why: "no C compiler was found when node setup.js ran, or it failed" };
  try {
    const tasks = require(file) as NativeTasks;
    return tasks.vectors() ? { tasks, why: "" } : { why: "this processor has neither AVX2 nor AVX-512" };
  } catch (error) {
    return { why: `its compiled code does not load (${(error as Error).message.split("\n")[0]})` };
  }
}

function hasRelaxedSimd(): boolean {
  if (WebAssembly.validate(RELAXED_PROBE)) return true;
  if (!process.versions.v8.startsWith("11.")) return false;
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
  return WebAssembly.validate(RELAXED_PROBE);
}

const modules = new Map<string, WebAssembly.Module>();

/**
 * The compiled module of a room's kernels, read once in a process.
 *
 * @param room - where under lib its `assembly` and `build` folders lie, as in "compute/simd"
 */
export function loadModule(room: string, build: Build): WebAssembly.Module {
  const file = path.join(projectRoot, "lib", room, "build", `${build}.wasm`);
  if (!modules.has(file)) modules.set(file, new WebAssembly.Module(read(file) as BufferSource));
  return modules.get(file)!;
}

function read(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new Error(`the kernels are not compiled: there is no ${file}; run node setup.js`, { cause: error });
  }
}
