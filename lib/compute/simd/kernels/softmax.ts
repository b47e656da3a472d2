import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { CHUNK } from "./passes";

/** Softmax along the last axis, and its logarithm: `tf.logSoftmax` does not call that one, a fused loss may. */
export const softmax: Record<string, SimdKernel> = { Softmax: alongRows, LogSoftmax: logAlongRows };

function alongRows(call: KernelCall): TensorInfo | TensorInfo[] {
  const { logits } = call.inputs;
  const dim = call.attrs.dim as number;
  const rank = logits.shape.length;
  const last = rank > 0 && (dim === -1 || dim === rank - 1);
  if (!last || logits.dtype !== "float32" || util.sizeFromShape(logits.shape) === 0) return inherited("Softmax", call);
  return run("softmax", call);
}

function logAlongRows(call: KernelCall): TensorInfo {
  const { logits } = call.inputs;
  const axis = call.attrs.axis as number;
  const rank = logits.shape.length;
  if (rank === 0 || (axis !== -1 && axis !== rank - 1) || logits.dtype !== "float32")
    throw new Error(
      `LogSoftmax: got ${logits.dtype} of rank ${rank} and axis ${axis}, wanted float32 and the last axis; ` +
        "transpose or cast before",
    );
  return run("logSoftmax", call);
}

function run(task: string, { inputs: { logits }, backend }: KernelCall): TensorInfo {
  const to = backend.output(logits.shape, "float32");
  const count = util.sizeFromShape(logits.shape);
  if (count === 0) return to;
  const columns = logits.shape[logits.shape.length - 1];
  const rows = count / columns;
  // exponentials cost several times what other passes do
  const rowsOfChunk = Math.max(1, Math.floor(CHUNK / 4 / columns));
  const places = [backend.address(logits), backend.address(to)];
  backend.run(task, Math.ceil(rows / rowsOfChunk), [...places, rows, columns, rowsOfChunk]);
  return to;
}
