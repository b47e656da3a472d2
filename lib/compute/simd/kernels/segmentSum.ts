import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";
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
  if (columns === 0) return to;
  const chunks = Math.min(ENOUGH, segments, Math.ceil(((rows + segments) * columns) / CHUNK));
  const share = Math.ceil(segments / chunks);
  const places = [x, segmentIds, to].map((tensor) => backend.address(tensor));
  backend.run("segmentSum", Math.ceil(segments / share), [...places, rows, columns, segments, share]);
  return to;
}
