import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { CHUNK } from "./passes";

/** Running sums and products along an axis. */
export const running: Record<string, SimdKernel> = {
  Cumsum: (call) => alongAxis(call, "Cumsum", "runningSum"),
  Cumprod: (call) => alongAxis(call, "Cumprod", "runningProduct"),
};

/** Columns that are worked on together: few enough that what a row adds to is still in the nearest cache. */
const COLUMNS = 1024;

function alongAxis(call: KernelCall, kernelName: string, task: string): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x } = inputs;
  if (x.dtype !== "float32" || x.shape.length === 0) return inherited(kernelName, call);
  const [axis] = util.parseAxisParam(attrs.axis as number, x.shape);
  const to = backend.output(x.shape, "float32");
  if (util.sizeFromShape(x.shape) === 0) return to;
  const [outer, inner] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)].map(util.sizeFromShape);
  const length = x.shape[axis];
  const columns = Math.min(inner, COLUMNS);
  const blocks = outer * Math.ceil(inner / columns);
  const blocksOfChunk = Math.max(1, Math.floor(CHUNK / (length * columns)));
  const flags = [attrs.exclusive, attrs.reverse].map(Number);
  const places = [backend.address(x), backend.address(to)];
  backend.run(task, Math.ceil(blocks / blocksOfChunk), [...places, outer, length, inner, ...flags, columns, blocksOfChunk]); // prettier-ignore
  return to;
}
