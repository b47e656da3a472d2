import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { tablesOf, type Tables } from "./fourierTables";
import { dealOut } from "./passes";

/** The Fourier transform along the last axis of a complex tensor, and back. */
export const fourier: Record<string, SimdKernel> = {
  FFT: (call) => transform(call, false),
  IFFT: (call) => transform(call, true),
};

/** The parts of a complex tensor. */
interface Parts {
  real: TensorInfo;
  imag: TensorInfo;
}

function transform({ inputs: { input }, backend }: KernelCall, inverse: boolean): TensorInfo {
  const { shape } = input;
  const to = { real: backend.output(shape, "float32"), imag: backend.output(shape, "float32") };
  if (util.sizeFromShape(shape) > 0) run(backend, partsOf(backend, input), to, inverse);
  return join(backend, to);
}

function run(backend: SimdBackend, from: Parts, to: Parts, inverse: boolean): void {
  const { shape } = to.real;
  const length = shape[shape.length - 1];
  const rows = util.sizeFromShape(shape) / length;
  const { share, parts } = dealOut(rows);
  const tables = tablesOf(length);
  const workBytes = 32 * Math.max(2, tables.size);
  const places = inverse ? [from.imag, from.real, to.imag, to.real] : [from.real, from.imag, to.real, to.imag];
  const addresses = places.map((tensor) => backend.address(tensor));
  backend.borrow(tables.bytes + parts * workBytes, (borrowed) => {
    const tableAddresses = put(backend, tables, borrowed);
    const sizes = [rows, length, share, tables.size, inverse ? length : 1];
    backend.run("fourier", parts, [...addresses, ...sizes, ...tableAddresses, borrowed + tables.bytes]);
  });
}

/** Copies the tables into the kernels' memory; gives their addresses, 0 for one that there is not. */
function put(backend: SimdBackend, { roots, chirp, filter }: Tables, address: number): number[] {
  return [roots, chirp, filter].map((table) => {
    const place = table.length > 0 ? address : 0;
    new Float64Array(backend.pool.memory.buffer, address, table.length).set(table);
    address += table.byteLength;
    return place;
  });
}

/** What the data manager of the cpu backend holds of a complex tensor. */
interface Complex {
  complexTensorInfos: Parts;
}

function partsOf(backend: SimdBackend, { dataId }: TensorInfo): Parts {
  return (backend.data.get(dataId) as unknown as Complex).complexTensorInfos;
}

/** A complex tensor that owns its parts. */
function join(backend: SimdBackend, parts: Parts): TensorInfo {
  const whole = backend.makeTensorInfo(parts.real.shape, "complex64");
  (backend.data.get(whole.dataId) as unknown as Complex).complexTensorInfos = parts;
  return whole;
}
