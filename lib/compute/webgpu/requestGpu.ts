import { createRequire } from "node:module";
import { rememberTurns } from "./dawnTurns";

/** A GPU, or what stands in for one, as WebGPU sees it. */
export interface Gpu {
  adapter: GpuAdapter;
  /** Its name, as its driver tells it. */
  name: string;
}

/** What is used here of WebGPU's GPUAdapter. */
export interface GpuAdapter {
  info: { vendor: string; device: string; description: string; isFallbackAdapter: boolean };
  limits: Record<string, number>;
  requestDevice(wanted: { requiredLimits: Record<string, number> }): Promise<GpuDevice>;
}

/** What is used here of WebGPU's GPUDevice. */
export interface GpuDevice {
  /** Resolves when the device is lost. */
  lost: Promise<{ reason: string; message: string }>;
  destroy(): void;
}

/** What the package `webgpu` exports: Dawn, Chromium's WebGPU, for Node. */
interface Dawn {
  create(options: string[]): { requestAdapter(wanted: { powerPreference: string }): Promise<GpuAdapter | null> };
  globals: { GPUBuffer: Parameters<typeof rememberTurns>[0] };
}

const load = createRequire(__filename);

/** Held as long as the process lives: Dawn ends, and takes the process with it, when nothing refers to it any more. */
let dawn: ReturnType<Dawn["create"]> | undefined;

/**
 * The fastest GPU that WebGPU finds: by Vulkan on Linux, by Metal on macOS, by Direct3D 12 on Windows.
 *
 * @param env - read for `ATELIER_WEBGPU`; "software" takes an adapter that computes on the CPU, too
 * @throws Error that says why there is none
 */
export async function requestGpu(env: NodeJS.ProcessEnv = process.env): Promise<Gpu> {
  dawn ??= startDawn();
  const adapter = await dawn.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error(`WebGPU finds no GPU${hint()}`);
  const { vendor, device, description, isFallbackAdapter } = adapter.info;
  const name = [device, description].filter(Boolean).join(", ") || vendor;
  if (!isFallbackAdapter) return { adapter, name };
  if (env.ATELIER_WEBGPU === "software") return { adapter, name: `${name}, in software` };
  throw new Error(`WebGPU finds only ${name}, which computes on the CPU; ATELIER_WEBGPU=software takes it`);
}

/** WebGPU's constants and classes become global, as in a browser. */
function startDawn(): ReturnType<Dawn["create"]> {
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
