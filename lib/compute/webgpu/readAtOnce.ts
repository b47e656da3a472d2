import * as tf from "@tensorflow/tfjs";
import { giveTurn } from "./dawnTurns";
import type { GpuBuffer, WebGpuBackend } from "./webGpuParts";

type Values = ReturnType<tf.KernelBackend["readSync"]>;

const PAUSE = 0.05; // milliseconds between two looks at the GPU
let pause: Int32Array | undefined; // a page that is not isolated has no shared memory

/**
 * The values of a tensor, for which the thread waits until the GPU has computed them. TensorFlow.js needs a browser's canvas
 * for this; here Dawn is given its turns by hand.
 *
 * @throws Error that says what to do where the device is lost, or Dawn has asked for its turn elsewhere
 */
export function readAtOnce(backend: WebGpuBackend, dataId: object): Values {
  const { values, dtype, resource, complexTensorInfos } = backend.tensorMap.get(dataId);
  if (values !== null && values !== undefined) return values;
  if (complexTensorInfos) {
    const [real, imag] = [complexTensorInfos.real, complexTensorInfos.imag].map((part) => readAtOnce(backend, part.dataId)); // prettier-ignore
    const both = tf.backend_util.mergeRealAndImagArrays(real as Float32Array, imag as Float32Array);
    return backend.convertAndCacheOnCPU(dataId, both);
  }
  const bytes = bytesOf(backend, resource!);
  return backend.convertAndCacheOnCPU(dataId, tf.util.convertBackendValuesAndArrayBuffer(bytes, dtype));
}

/** What is in a buffer on the GPU, by way of one that can be mapped. */
function bytesOf(backend: WebGpuBackend, buffer: GpuBuffer): ArrayBuffer {
  const { GPUBufferUsage, GPUMapMode } = globalThis as unknown as Record<string, Record<string, number>>;
  const { size } = buffer;
  const staging = backend.bufferManager.acquireBuffer(size, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.commandEncoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
  backend.submitQueue();
  waitFor(staging, GPUMapMode.READ);
  const bytes = staging.getMappedRange().slice(0);
  staging.unmap();
  backend.bufferManager.releaseBuffer(staging);
  return bytes;
}

function waitFor(buffer: GpuBuffer, mode: number): void {
  pause ??= new Int32Array(new SharedArrayBuffer(4));
  buffer.mapAsync(mode).catch(() => {}); // its state says the same
  while (buffer.mapState === "pending" && giveTurn()) Atomics.wait(pause, 0, 0, PAUSE);
  if (buffer.mapState === "mapped") return;
  throw new Error(
    "dataSync() and arraySync() could not read a tensor that WebGPU has computed: the device is lost, or other code waits for Dawn; await data() or array(), or compute the tensor again",
  );
}
