import type { DataType, KernelBackend, TensorInfo } from "@tensorflow/tfjs";

/** What is used here of WebGPU's GPU. */
export interface WebGpu {
  requestAdapter(wanted: { powerPreference: string }): Promise<GpuAdapter | null>;
}

/** What is used here of WebGPU's GPUAdapter. */
export interface GpuAdapter {
  /** Browsers may leave texts empty; whether the CPU computes stood beside it in older ones. */
  info: { vendor: string; architecture?: string; device: string; description: string; isFallbackAdapter?: boolean };
  isFallbackAdapter?: boolean;
  limits: Record<string, number>;
  requestDevice(wanted: { requiredLimits: Record<string, number> }): Promise<GpuDevice>;
}

/** What is used here of WebGPU's GPUDevice. */
export interface GpuDevice {
  /** Resolves when the device is lost. */
  lost: Promise<{ reason: string; message: string }>;
  destroy(): void;
}

/** TensorFlow.js' backend for WebGPU, as far as it is used here. */
export interface WebGpuBackend extends KernelBackend {
  tensorMap: { get(dataId: object): TensorData };
  bufferManager: BufferManager;
  commandEncoder: { copyBufferToBuffer(from: GpuBuffer, start: number, to: GpuBuffer, at: number, size: number): void };
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  /** Keeps the values of a tensor that have been read. */
  convertAndCacheOnCPU<Values>(dataId: object, values: Values): Values;
  /** Whether it has said that reading at once is slow. */
  hasReadSyncWarned?: boolean;
}

interface TensorData {
  dtype: DataType;
  /** The values, where the CPU has them. */
  values: ReturnType<KernelBackend["readSync"]> | null | undefined;
  /** Where the GPU has them. */
  resource: GpuBuffer | null;
  /** The parts of complex numbers. */
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
}

/** Hands out the backend's buffers on the GPU and takes them back. */
interface BufferManager {
  usedBuffers: Map<string, GpuBuffer[]>;
  acquireBuffer(size: number, usage: number): GpuBuffer;
  releaseBuffer(buffer: GpuBuffer, reuse?: boolean): void;
}

/** What is used here of WebGPU's GPUBuffer. */
export interface GpuBuffer {
  size: number;
  usage: number;
  mapState: "unmapped" | "pending" | "mapped";
  mapAsync(mode: number): Promise<undefined>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
}
