import { createRequire } from "node:module";
import type { KernelBackend } from "@tensorflow/tfjs";
import type { GpuAdapter, GpuDevice } from "./requestGpu";

/** TensorFlow.js' backend for WebGPU, as far as it is used here. */
export interface WebGpuBackend extends KernelBackend {
  tensorMap: { get(dataId: object): { values: unknown; resource: unknown; dtype: string } };
  bufferManager: BufferManager;
}

type Values = ReturnType<KernelBackend["readSync"]>;

/** Hands out the backend's buffers on the GPU and takes them back. */
interface BufferManager {
  usedBuffers: Map<string, GpuBuffer[]>;
  releaseBuffer(buffer: GpuBuffer, reuse?: boolean): void;
}

interface GpuBuffer {
  size: number;
  usage: number;
}

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

/** In a browser a canvas helps to read at once; Node has none. */
function readAtOnce({ tensorMap }: WebGpuBackend, dataId: object): Values {
  const { values, dtype } = tensorMap.get(dataId);
  if (values === null || values === undefined || dtype === "complex64")
    throw new Error(
      "dataSync() and arraySync() cannot read a tensor that WebGPU has computed in Node; await data() or array(), or use another backend",
    );
  return values as Values;
}
