/// <reference lib="dom" />
import * as fs from "node:fs";
import * as path from "node:path";
import * as v8 from "node:v8";
import { projectRoot } from "../files";
import { findNative, hasNative } from "./nativeTasks";
import { isNative, type Vectors } from "./vectors";

/**
 * How kernels run: with products in native code, of either vectors, with fused multiply-add, without, and without shared
 * memory.
 */
export type Build = Vectors | "relaxed" | "plain" | "unshared";

/** (module (func (result v128) … f32x4.relaxed_madd)), which an engine without relaxed SIMD refuses. */
const RELAXED_PROBE = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 17, 65, 0, 253, 17, 65,
  0, 253, 17, 253, 133, 2, 11,
]);

/** What `ATELIER_SIMD` may be, the best first. */
const CHOICES = ["avx512", "avx2", "relaxed", "plain"];

/**
 * The best build of a room that runs here, or the one that `ATELIER_SIMD` names. A room without native code takes relaxed
 * for it. Node 20 has relaxed SIMD behind a flag of V8, which is set here.
 *
 * @param room - where under lib its `assembly` and `build` folders lie, as in "compute/simd"
 * @throws RangeError when `ATELIER_SIMD` names no build, or one that does not run here
 */
export function chooseBuild(room: string, env: Record<string, string | undefined> = process.env): Build {
  const asked = env.ATELIER_SIMD || undefined;
  if (asked && !CHOICES.includes(asked))
    throw new RangeError(`ATELIER_SIMD is "${asked}"; it can be ${CHOICES.join(", ")}, or unset for the best`);
  if (asked === "plain") return "plain";
  if (!hasRelaxedSimd()) {
    if (!asked) return "plain";
    throw new RangeError(`ATELIER_SIMD is "${asked}", but Node ${process.versions.node} has no relaxed SIMD; unset it`);
  }
  if (asked === "relaxed" || !hasNative(room)) return "relaxed";
  const found = findNative(room);
  if (asked && !(asked === found.vectors || (asked === "avx2" && found.vectors)))
    throw new RangeError(`ATELIER_SIMD is "${asked}", but ${found.why ?? "this processor has only AVX2"}; unset it`);
  return (asked as Vectors) ?? found.vectors ?? "relaxed";
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
  const file = path.join(projectRoot, "lib", room, "build", `${isNative(build) ? "native" : build}.wasm`);
  if (!modules.has(file)) modules.set(file, new WebAssembly.Module(read(file) as BufferSource));
  return modules.get(file)!;
}

function read(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new Error(
      `the kernels are not compiled: there is no ${file}; run node setup.js, or, where this comes out of a bundle, leave the package out of it`,
      { cause: error },
    );
  }
}
