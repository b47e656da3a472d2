import { createRequire } from "node:module";
import { rememberTurns } from "./dawnTurns";
import type { GpuAdapter, WebGpu } from "./webGpuParts";

/** What the package `webgpu` exports: Dawn, Chromium's WebGPU, for Node. */
interface Dawn {
  create(options: string[]): WebGpu;
  globals: { GPUBuffer: Parameters<typeof rememberTurns>[0] };
}

const load = createRequire(__filename);

/** Held as long as the process lives: Dawn ends, and takes the process with it, when nothing refers to it any more. */
let dawn: WebGpu | undefined;

/**
 * The fastest GPU that WebGPU finds: by Vulkan on Linux, by Metal on macOS, by Direct3D 12 on Windows.
 *
 * @throws Error that says why there is none
 */
export async function findAdapter(): Promise<GpuAdapter> {
  dawn ??= startDawn();
  const adapter = await dawn.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error(`WebGPU finds no GPU${hint()}`);
  return adapter;
}

/** WebGPU's constants and classes become global, as in a browser. */
function startDawn(): WebGpu {
  try {
    const { create, globals } = load("webgpu") as Dawn;
    Object.assign(globalThis, globals);
    rememberTurns(globals.GPUBuffer);
    return create([]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "MODULE_NOT_FOUND") throw new Error("the package webgpu is not installed", { cause: error });
    throw new Error(`the package webgpu does not load (${message.split("\n")[0]})`, { cause: error });
  }
}

function hint(): string {
  return process.platform === "linux" ? "; on Linux it needs libvulkan1 and the GPU's Vulkan driver" : "";
}
