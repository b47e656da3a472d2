import type { DataType, KernelBackend, TensorInfo } from "@tensorflow/tfjs";

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
