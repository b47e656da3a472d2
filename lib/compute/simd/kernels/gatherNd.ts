import { backend_util, util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { CHUNK, chunksOf } from "./passes";
import { inRange, pickSlices } from "./shapes";
import { addSegments } from "./segmentSum";
import { isNumeric } from "./stridedCopy";

/** Slices picked by the indices of their first axes, and slices added up where such indices say. */
export const gatherNd: Record<string, SimdKernel> = { GatherNd: gather, ScatterNd: scatter };

/** An index that is out of range leaves the call to the `cpu` kernel, which says so. */
function gather(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, backend } = call;
  const { params, indices } = inputs;
  if (!isNumeric(params.dtype)) return inherited("GatherNd", call);
  const [shape, count, sliceSize, strides] = backend_util.prepareAndValidate(params, indices);
  if (count === 0) return backend.output(shape, params.dtype);
  const slices = util.sizeFromShape(params.shape) / sliceSize;
  return withPlaces(backend, indices, { count, strides, slices }, (places) => {
    if (!places) return inherited("GatherNd", call);
    const to = backend.output(shape, params.dtype);
    const bytes = sliceSize * (params.dtype === "bool" ? 1 : 4);
    pickSlices(backend, { from: params, indices: places, to }, { outer: 1, size: slices, count, bytes, batches: 1 });
    return to;
  });
}

/** What goes to the same place is added in the order of the updates. */
function scatter(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { indices, updates } = inputs;
  const shape = attrs.shape as number[];
  const { sliceRank, numUpdates: count, sliceSize, strides, outputSize } = backend_util.calculateShapes(updates as never, indices as never, shape); // prettier-ignore
  const fits = util.sizeFromShape(updates.shape) === count * sliceSize && sliceRank <= shape.length;
  const isPlain = indices.dtype === "int32" && (updates.dtype === "float32" || updates.dtype === "int32");
  if (!fits || !isPlain || outputSize === 0) return inherited("ScatterNd", call);
  const slices = outputSize / sliceSize;
  return withPlaces(backend, indices, { count, strides: strides.slice(0, sliceRank), slices }, (places) => {
    if (!places) return inherited("ScatterNd", call);
    const to = backend.output(shape, updates.dtype);
    addSegments(
      backend,
      { rows: updates, segments: places, to },
      { rows: count, columns: sliceSize, segments: slices },
    );
    return to;
  });
}

interface Indices {
  count: number;
  /** Slices from one to the next along each axis that is indexed. */
  strides: number[];
  slices: number;
}

/** Lends the number of the slice that each row of indices means; null if one is out of range. */
function withPlaces<Result>(
  backend: SimdBackend,
  indices: TensorInfo,
  { count, strides, slices }: Indices,
  use: (places: TensorInfo | null) => Result,
): Result {
  const places = backend.output([count], "int32");
  try {
    const addresses = [indices, places].map((tensor) => backend.address(tensor));
    if (count > 0) backend.run("flattenIndices", chunksOf(count), [...addresses, count, slices, CHUNK, strides.length, ...strides]); // prettier-ignore
    return use(inRange(backend, places, slices) ? places : null);
  } finally {
    backend.disposeIntermediateTensorInfo(places);
  }
}
