import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { addGradient, correctGradient, flat } from "./gradientConfigs";
import { around } from "./holes";

/**
 * The gradients of what picks and puts by index: gatherND, scatterND, tensorScatterUpdate, sparseToDense and topk get one;
 * that of gather is right with any number of batch axes.
 */
export function registerIndexGradients(): void {
  correctGradient("GatherV2", (own) => ({ gradFunc: gatherGradient(own) }));
  addGradient({ kernelName: "GatherNd", inputsToSave: ["params", "indices"], gradFunc: gatherNdGradient });
  addGradient({ kernelName: "ScatterNd", inputsToSave: ["indices"], gradFunc: scatterNdGradient });
  addGradient({ kernelName: "TensorScatterUpdate", inputsToSave: ["indices"], gradFunc: updateGradient });
  addGradient({
    kernelName: "SparseToDense",
    inputsToSave: ["sparseIndices", "sparseValues", "defaultValue"],
    gradFunc: sparseToDenseGradient,
  });
  addGradient({ kernelName: "TopK", inputsToSave: ["x"], outputsToSave: [false, true], gradFunc: topKGradient });
}

/** With batch axes, each batch gathers from its own part of one tensor in which they are one axis with the gathered. */
function gatherGradient(own: GradConfig): GradConfig["gradFunc"] {
  return (dy, saved, attrs) => {
    const [x, indices] = saved;
    const batchDims = (attrs.batchDims as number) ?? 0;
    const [axis] = tf.util.parseAxisParam(attrs.axis as number, x.shape);
    const rest = { indices: flat(indices) };
    if (batchDims === 0) return { ...own.gradFunc(dy, saved, { ...attrs, axis }), ...rest };
    return { x: () => batchedGather(dy as Tensor, x, indices, axis, batchDims), ...rest };
  };
}

function batchedGather(dy: Tensor, x: Tensor, indices: Tensor, axis: number, batchDims: number): Tensor {
  const { size, inner } = around(x.shape, axis);
  const batches = around(x.shape, batchDims).outer;
  const outer = around(x.shape.slice(batchDims), axis - batchDims).outer;
  const picks = batches === 0 ? 0 : indices.size / batches;
  const first = tf.mul(tf.range(0, batches, 1, "int32"), tf.scalar(size, "int32"));
  const places = tf.add(tf.reshape(indices, [batches, picks]), tf.reshape(first, [batches, 1]));
  const rows = tf.transpose(tf.reshape(dy, [batches, outer, picks, inner]), [0, 2, 1, 3]);
  const sums = tf.unsortedSegmentSum(
    tf.reshape(rows, [batches * picks, outer, inner]),
    tf.reshape(places, [-1]) as Tensor1D,
    batches * size,
  );
  return tf.reshape(tf.transpose(tf.reshape(sums, [batches, size, outer, inner]), [0, 2, 1, 3]), x.shape);
}

const gatherNdGradient: GradConfig["gradFunc"] = (dy, [params, indices]) => ({
  params: () => tf.scatterND(indices, dy as Tensor, params.shape),
  indices: flat(indices),
});

const scatterNdGradient: GradConfig["gradFunc"] = (dy, [indices]) => ({
  indices: flat(indices),
  updates: () => tf.gatherND(dy as Tensor, indices),
});

const updateGradient: GradConfig["gradFunc"] = (dy, [indices]) => {
  const updates = () => tf.gatherND(dy as Tensor, indices);
  return {
    tensor: () => tf.tensorScatterUpdate(dy as Tensor, indices, tf.zerosLike(updates())),
    indices: flat(indices),
    updates,
  };
};

const sparseToDenseGradient: GradConfig["gradFunc"] = (dy, [sparseIndices, sparseValues, defaultValue]) => {
  const isList = sparseIndices.rank < 2;
  const picked = () =>
    tf.gatherND(dy as Tensor, isList ? tf.reshape(sparseIndices, [-1, (dy as Tensor).rank]) : sparseIndices);
  return {
    sparseIndices: flat(sparseIndices),
    sparseValues: () => (sparseValues.rank === 0 ? tf.sum(picked()) : tf.reshape(picked(), sparseValues.shape)),
    defaultValue: () => tf.reshape(tf.sub(tf.sum(dy as Tensor), tf.sum(picked())), defaultValue.shape),
  };
};

const topKGradient: GradConfig["gradFunc"] = (dys, [x, indices]) => {
  const [dy] = dys as unknown as Tensor[];
  const size = x.shape[x.rank - 1];
  return {
    x: () => {
      const rows = x.size / size;
      const first = tf.mul(tf.range(0, rows, 1, "int32"), tf.scalar(size, "int32"));
      const places = tf.add(tf.reshape(indices, [rows, -1]), tf.reshape(first, [rows, 1]));
      return tf.reshape(tf.scatterND(tf.reshape(places, [-1, 1]), tf.reshape(dy, [-1]), [x.size]), x.shape);
    },
  };
};
