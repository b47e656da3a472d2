import { createRequire } from "node:module";
import { readAtOnce } from "./readAtOnce";
import type { GpuAdapter, GpuDevice, WebGpuBackend } from "./webGpuParts";

/** What is used here of @tensorflow/tfjs-backend-webgpu. */
interface Package {
  WebGPUBackend: new (device: GpuDevice, info: object) => WebGpuBackend;
}

/** The limits that the backend uses up to what the GPU has; the others stay at WebGPU's defaults. */
const LIMITS = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxBufferSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
];

const load = createRequire(__filename);

/** A backend on a device of its own, and that device. */
export async function newWebGpuBackend(adapter: GpuAdapter): Promise<{ backend: WebGpuBackend; device: GpuDevice }> {
  const { WebGPUBackend } = loadPackage();
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits });
  await new Promise(setImmediate); // Dawn has its turn, and asks for the next when it needs one
  const backend = withNavigator(() => new WebGPUBackend(device, adapter.info));
  backend.readSync = (dataId) => readAtOnce(backend, dataId);
  return { backend, device };
}

/**
 * Moves a backend whose device is lost to the device of a fresh one. Its tensors stay known, so that they can be assigned and
 * disposed of; the numbers they had on the GPU are gone.
 */
export function takeOver(backend: WebGpuBackend, fresh: WebGpuBackend): void {
  const { tensorMap, readSync } = backend;
  Object.assign(backend, fresh, { tensorMap, readSync });
  const { bufferManager } = backend;
  const release = bufferManager.releaseBuffer.bind(bufferManager);
  bufferManager.releaseBuffer = (buffer, reuse) => {
    const own = bufferManager.usedBuffers.get(`${buffer.size}_${buffer.usage}`);
    if (own?.includes(buffer)) release(buffer, reuse); // others were lost with their device
  };
}

function loadPackage(): Package {
  try {
    return load("@tensorflow/tfjs-backend-webgpu") as Package;
  } catch (error) {
    throw new Error("the package @tensorflow/tfjs-backend-webgpu is not installed", { cause: error });
  }
}

/** The backend can only be made where there is a `navigator.gpu`; kept, it would make other programs think of a browser. */
function withNavigator<Result>(make: () => Result): Result {
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { gpu: {} }, configurable: true });
  try {
    return make();
  } finally {
    if (own) Object.defineProperty(globalThis, "navigator", own);
    else Reflect.deleteProperty(globalThis, "navigator");
  }
}
