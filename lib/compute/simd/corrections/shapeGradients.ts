import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";
import { addGradient, correctGradient } from "./gradientConfigs";
import { resized, withHoles } from "./holes";

/**
 * The gradients of what moves elements about: mirrorPad adds what was mirrored (TensorFlow.js drops it), tile takes
 * any rank in one sum, split and unstack into one piece no longer fail, and stridedSlice, depthToSpace, diag and
 * flipLeftRight get one.
 */
export function registerShapeGradients(): void {
  correctGradient("MirrorPad", () => ({ gradFunc: mirrorPadGradient }));
  correctGradient("Tile", () => ({ gradFunc: tileGradient }));
  for (const name of ["SplitV", "Unpack"]) correctGradient(name, (own) => ({ gradFunc: ofPieces(own) }));
  addGradient({ kernelName: "StridedSlice", inputsToSave: ["x"], gradFunc: stridedSliceGradient });
  addGradient({ kernelName: "DepthToSpace", inputsToSave: ["x"], gradFunc: depthToSpaceGradient });
  addGradient({ kernelName: "Diag", inputsToSave: ["x"], gradFunc: diagGradient });
  addGradient({ kernelName: "FlipLeftRight", gradFunc: (dy) => ({ image: () => tf.reverse(dy as Tensor, [2]) }) });
}

/** TensorFlow.js hands the gradient of a single output not as a list. */
function ofPieces(own: GradConfig): GradConfig["gradFunc"] {
  return (dys, saved, attrs) => own.gradFunc([dys].flat() as unknown as Tensor[], saved, attrs);
}

const mirrorPadGradient: GradConfig["gradFunc"] = (dy, [x], attrs) => {
  const paddings = attrs.paddings as unknown as [number, number][];
  const skipped = attrs.mode === "reflect" ? 1 : 0;
  const folded = () =>
    paddings.reduce((sum, [before, after], axis) => foldAlong(sum, axis, { before, after, skipped }), dy as Tensor);
  return { x: () => tf.reshape(folded(), x.shape) };
};

/** Adds what was mirrored beyond both ends of an axis to what it was mirrored from. */
function foldAlong(
  dy: Tensor,
  axis: number,
  { before, after, skipped }: { before: number; after: number; skipped: number },
): Tensor {
  if (before + after === 0) return dy;
  const size = dy.shape[axis] - before - after;
  const cut = (begin: number, length: number) => sliceAlong(dy, axis, begin, length);
  const mirrored = (begin: number, length: number, at: number) =>
    padAlong(tf.reverse(cut(begin, length), [axis]), axis, at, size - at - length);
  const start = mirrored(0, before, skipped);
  const end = mirrored(before + size, after, size - skipped - after);
  return tf.add(cut(before, size), tf.add(start, end));
}

function sliceAlong(x: Tensor, axis: number, begin: number, size: number): Tensor {
  const begins = x.shape.map((_, at) => (at === axis ? begin : 0));
  return tf.slice(x, begins, resized(x.shape, axis, size));
}

function padAlong(x: Tensor, axis: number, before: number, after: number): Tensor {
  return tf.pad(
    x,
    x.shape.map((_, at): [number, number] => (at === axis ? [before, after] : [0, 0])),
  );
}

const tileGradient: GradConfig["gradFunc"] = (dy, [x], attrs) => {
  const reps = attrs.reps as number[];
  const apart = x.shape.flatMap((size, axis) => (reps[axis] === 1 ? [size] : [reps[axis], size]));
  const axes: number[] = [];
  reps.forEach((rep, axis) => rep !== 1 && axes.push(axis + axes.length));
  return { x: () => (axes.length === 0 ? tf.clone(dy as Tensor) : tf.sum(tf.reshape(dy as Tensor, apart), axes)) };
};

interface StridedSlice {
  begin: number[];
  end: number[];
  strides: number[];
  beginMask: number;
  endMask: number;
  ellipsisMask: number;
  newAxisMask: number;
  shrinkAxisMask: number;
}

/** Puts each element back where it was taken from, among zeros. */
const stridedSliceGradient: GradConfig["gradFunc"] = (dy, [x], attrs) => {
  const given = attrs as unknown as StridedSlice;
  const { begin, strides, finalShapeSparse } = slicedPart(x.shape, given);
  return {
    x: () => {
      if ((dy as Tensor).size === 0) return tf.zeros(x.shape);
      const turned = strides.flatMap((stride, axis) => (stride < 0 ? [axis] : []));
      const whole = tf.reshape(dy as Tensor, finalShapeSparse);
      const spread = withHoles(
        turned.length > 0 ? tf.reverse(whole, turned) : whole,
        strides.map((stride, axis): [number, number] => [axis, Math.abs(stride)]),
      );
      return tf.pad(
        spread,
        x.shape.map((size, axis): [number, number] => {
          const first = strides[axis] < 0 ? begin[axis] - spread.shape[axis] + 1 : begin[axis];
          return [first, size - first - spread.shape[axis]];
        }),
      );
    },
  };
};

/** Where a slice begins, its steps, and its shape before axes of size 1 are taken out and put in. */
function slicedPart(shape: number[], given: StridedSlice) {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = given;
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  const info = tf.slice_util.sliceInfo(shape, begin, end, strides, ...masks);
  const sizes = info.strides.map((stride, axis) =>
    Math.max(0, Math.ceil((info.end[axis] - info.begin[axis]) / stride)),
  );
  return { begin: info.begin, strides: info.strides, finalShapeSparse: sizes };
}

const depthToSpaceGradient: GradConfig["gradFunc"] = (dy, [x], attrs) => {
  const { blockSize: side, dataFormat } = attrs as unknown as { blockSize: number; dataFormat: string };
  if (dataFormat !== "NHWC")
    throw new Error(
      `cannot compute the gradient of depthToSpace for the data format ${dataFormat}, only for NHWC; transpose the images first`,
    );
  const [batch, height, width, depth] = x.shape;
  return {
    x: () => {
      const apart = tf.reshape(dy as Tensor, [batch, height, side, width, side, depth / (side * side)]);
      return tf.reshape(tf.transpose(apart, [0, 1, 3, 2, 4, 5]), x.shape);
    },
  };
};

const diagGradient: GradConfig["gradFunc"] = (dy, [x]) => ({
  x: () => {
    const square = tf.reshape(dy as Tensor, [x.size, x.size]);
    return tf.reshape(tf.sum(tf.mul(square, tf.eye(x.size)), 1), x.shape);
  },
});
