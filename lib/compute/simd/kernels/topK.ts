import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { CHUNK } from "./passes";

/** The largest numbers along the last axis. */
export const topK: Record<string, SimdKernel> = { TopK: largest };

/** More are left to the `cpu` kernel: a number is brought to its place by passing those below it. */
const MOST = 128;

function largest(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x } = inputs;
  const { k, sorted } = attrs as { k: number; sorted: boolean };
  const columns = x.shape.at(-1) ?? 0;
  const fits = Number.isInteger(k) && k > 0 && k <= Math.min(columns, MOST);
  if (x.dtype !== "float32" || !sorted || !fits || util.sizeFromShape(x.shape) === 0) return inherited("TopK", call);
  const shape = [...x.shape.slice(0, -1), k];
  const [values, indices] = [backend.output(shape, "float32"), backend.output(shape, "int32")];
  const rows = util.sizeFromShape(x.shape) / columns;
  const rowsOfChunk = Math.max(1, Math.floor(CHUNK / columns));
  const places = [x, values, indices].map((tensor) => backend.address(tensor));
  backend.run("topK", Math.ceil(rows / rowsOfChunk), [...places, rows, columns, k, rowsOfChunk]);
  return [values, indices];
}
