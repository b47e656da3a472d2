import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { CHUNK } from "./passes";

/**
 * Softmax along the last axis with its gradient of dy and y, and its logarithm: `tf.logSoftmax` does not call that one, a
 * fused loss may.
 */
export const softmax: Record<string, SimdKernel> = {
  Softmax: alongRows,
  SoftmaxGrad: gradientAlongRows,
  LogSoftmax: logAlongRows,
};

function alongRows(call: KernelCall): TensorInfo | TensorInfo[] {
  const { logits } = call.inputs;
  const dim = call.attrs.dim as number;
  const rank = logits.shape.length;
  const last = rank > 0 && (dim === -1 || dim === rank - 1);
  if (!last || logits.dtype !== "float32" || util.sizeFromShape(logits.shape) === 0) return inherited("Softmax", call);
  return run("softmax", call, [logits]);
}

function gradientAlongRows(call: KernelCall): TensorInfo {
  return run("softmaxGradient", call, [call.inputs.dy, call.inputs.y]);
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
  return run("logSoftmax", call, [logits]);
}

function run(task: string, { backend }: KernelCall, given: TensorInfo[]): TensorInfo {
  const [{ shape }] = given;
  const to = backend.output(shape, "float32");
  const count = util.sizeFromShape(shape);
  if (count === 0) return to;
  const columns = shape.at(-1) ?? 1;
  const rows = count / columns;
  // exponentials cost several times what other passes do
  const rowsOfChunk = Math.max(1, Math.floor(CHUNK / 4 / columns));
  const places = [...given, to].map((tensor) => backend.address(tensor));
  backend.run(task, Math.ceil(rows / rowsOfChunk), [...places, rows, columns, rowsOfChunk]);
  return to;
}
