import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { CHUNK } from "./passes";

/** Sums of rows by segment, in the order of the rows. */
export const segmentSum: Record<string, SimdKernel> = { UnsortedSegmentSum: sumSegments };

/** Chunks that are enough for any number of threads. */
const ENOUGH = 16;

function sumSegments(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x, segmentIds } = inputs;
  const segments = attrs.numSegments as number;
  const [rows, ...row] = x.shape;
  const plain = x.dtype === "float32" && segmentIds.dtype === "int32";
  if (!plain || !util.arraysEqual(segmentIds.shape, [rows]) || segments === 0)
    return inherited("UnsortedSegmentSum", call);
  const to = backend.output([segments, ...row], "float32");
  const columns = util.sizeFromShape(row);
  if (columns > 0) addSegments(backend, { rows: x, segments: segmentIds, to }, { rows, columns, segments });
  return to;
}

/** Adds rows of float32 or int32, in their order, to the segments that each belongs to. */
export function addSegments(
  backend: SimdBackend,
  tensors: Record<"rows" | "segments" | "to", TensorInfo>,
  { rows, columns, segments }: Record<"rows" | "columns" | "segments", number>,
): void {
  const chunks = Math.min(ENOUGH, segments, Math.ceil(((rows + segments) * columns) / CHUNK));
  const share = Math.ceil(segments / chunks);
  const places = [tensors.rows, tensors.segments, tensors.to].map((tensor) => backend.address(tensor));
  const task = tensors.rows.dtype === "int32" ? "segmentSumOfInts" : "segmentSum";
  backend.run(task, Math.ceil(segments / share), [...places, rows, columns, segments, share]);
}
