import type { GradConfig, KernelFunc, NamedAttrMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { placeBilinear, placeNearest, type Blend, type Place, type Resizing } from "../resizing";
import { addGradient, correctCpuKernel, flat, runKernel } from "./gradientConfigs";

const KERNELS: Record<string, { forward: string; place: Place }> = {
  ResizeBilinearGrad: { forward: "ResizeBilinear", place: placeBilinear },
  ResizeNearestNeighborGrad: { forward: "ResizeNearestNeighbor", place: placeNearest },
};

/**
 * Puts the gradients of resizeBilinear and resizeNearestNeighbor right on the `cpu` backend and on those that inherit its
 * kernels: TensorFlow.js' own give a gradient of the shape [batch, width, height, channels], take half pixel centers for none,
 * and lose pixels of what is made smaller. They become the exact transposes of the forward kernels, and can be
 * differentiated again on every backend.
 */
export function registerResizeGradients(): void {
  for (const [kernelName, { forward, place }] of Object.entries(KERNELS)) {
    correctCpuKernel(kernelName, () => transposeOf(place));
    addGradient(secondOrder(kernelName, forward));
  }
}

/** The gradient is linear in dy, by the forward kernel's transpose; on the images it does not depend. */
function secondOrder(kernelName: string, forward: string): GradConfig {
  return {
    kernelName,
    inputsToSave: ["dy", "images"],
    gradFunc: (ddx, [dy, images], attrs: NamedAttrMap) => ({
      dy: () => runKernel(forward, { images: ddx as Tensor }, { ...attrs, size: dy.shape.slice(1, 3) }),
      images: flat(images),
    }),
  };
}

/** Adds each pixel of dy to the pixels that it was made of. */
function transposeOf(place: Place): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const { images, dy } = inputs as Record<string, TensorInfo>;
    const cpu = backend as MathBackendCPU;
    const [batch, height, width, depth] = images.shape;
    const blends = (axis: 1 | 2) =>
      Array.from({ length: dy.shape[axis] }, (_, at) =>
        place(images.shape[axis], dy.shape[axis], at, attrs as unknown as Resizing),
      );
    const values = cpu.data.get(dy.dataId).values as Float32Array;
    const sums = new Float32Array(batch * height * width * depth);
    spreadOut(values, sums, { batch, height, width, depth, rows: blends(1), columns: blends(2) });
    return cpu.makeTensorInfo(images.shape, "float32", sums);
  };
}

interface Spread {
  batch: number;
  height: number;
  width: number;
  depth: number;
  rows: Blend[];
  columns: Blend[];
}

function spreadOut(dy: Float32Array, sums: Float32Array, { batch, height, width, depth, rows, columns }: Spread): void {
  let from = 0;
  for (let image = 0; image < batch; image++)
    for (const row of rows) {
      const [low, high] = [(image * height + row.low) * width, (image * height + row.high) * width];
      for (const column of columns) {
        addPixel(dy, from, sums, (low + column.low) * depth, depth, (1 - row.share) * (1 - column.share));
        addPixel(dy, from, sums, (low + column.high) * depth, depth, (1 - row.share) * column.share);
        addPixel(dy, from, sums, (high + column.low) * depth, depth, row.share * (1 - column.share));
        addPixel(dy, from, sums, (high + column.high) * depth, depth, row.share * column.share);
        from += depth;
      }
    }
}

function addPixel(dy: Float32Array, from: number, sums: Float32Array, to: number, depth: number, share: number): void {
  if (share === 0) return;
  for (let channel = 0; channel < depth; channel++) sums[to + channel] += share * dy[from + channel];
}
