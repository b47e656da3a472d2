import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, KernelFunc, NamedAttrMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { SimdBackend } from "../SimdBackend";
import { addGradient, correctGradient, flat, runKernel } from "./gradientConfigs";

/** The attributes of a pooling and of its backward kernel. */
interface Pooling {
  filterSize: number | number[];
  strides: number | number[];
  pad: "same" | "valid" | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

type AveragePooling = "AvgPool" | "AvgPool3D";

/** By the pooling, the kernel that picks from a tensor of the input's shape what lies where the maxima are. */
const PICKS = { MaxPool: "MaxPoolGradGrad", MaxPool3D: "MaxPool3DGradGrad" };

/**
 * Lets the gradients of max and average pooling, in two and three dimensions, be differentiated again, gives
 * maxPoolWithArgmax one, and puts them right where sizes are not rounded down (`dimRoundingMode`) and where a window of
 * average pooling goes beyond the border: TensorFlow.js lost the share of what lies outside.
 */
export function registerPoolingGradients(): void {
  correctGradient("MaxPool", (own) => ({ gradFunc: maxPoolGradient(own) }));
  addGradient(argmaxGradient());
  for (const name of ["AvgPool", "AvgPool3D"] as const) {
    correctGradient(name, (own) => ({ gradFunc: averageGradient(name, own) }));
    addGradient(averageAgain(name));
  }
  for (const [name, pick] of Object.entries(PICKS)) {
    addGradient(maximumAgain(name, pick));
    addGradient(pickAgain(name, pick));
    for (const backendName of ["cpu", "simd"])
      tf.registerKernel({ kernelName: pick, backendName, kernelFunc: pickMaxima(name === "MaxPool") });
  }
}

function roundsDown(attrs: NamedAttrMap): boolean {
  return (attrs.dimRoundingMode ?? "floor") === "floor";
}

function maxPoolGradient(own: GradConfig): GradConfig["gradFunc"] {
  return (dy, saved, attrs) => {
    if (roundsDown(attrs)) return own.gradFunc(dy, saved, attrs);
    const [input, output] = saved;
    return { x: () => runKernel("MaxPoolGrad", { dy: dy as Tensor, input, output }, attrs) };
  };
}

function averageGradient(name: AveragePooling, own: GradConfig): GradConfig["gradFunc"] {
  return (dy, saved, attrs) => {
    const [input] = saved;
    const shares = sharesAtBorder(name, input.shape, attrs);
    if (roundsDown(attrs) && !shares) return own.gradFunc(dy, saved, attrs);
    if (!roundsDown(attrs) && name === "AvgPool" && !(tf.backend() instanceof SimdBackend))
      throw new Error(
        `cannot compute the gradient of avgPool with dimRoundingMode "${attrs.dimRoundingMode as string}" on the backend ` +
          `${tf.getBackend()}, whose kernel rounds down; use the backend simd, or leave dimRoundingMode out`,
      );
    const given = shares ? tf.mul(dy as Tensor, shares) : (dy as Tensor);
    return { x: () => runKernel(`${name}Grad`, { dy: given, input }, attrs) };
  };
}

/**
 * By what dy is multiplied before the backward kernels of average pooling, which part it among all elements of a window,
 * those beyond the border too: the window's size over the number of elements within. Null where every window is whole.
 */
function sharesAtBorder(name: AveragePooling, inputShape: number[], attrs: NamedAttrMap): Tensor | null {
  if (!(tf.backend() instanceof MathBackendCPU)) return null;
  const { windows } = describe(inputShape, attrs as unknown as Pooling, name === "AvgPool");
  const shares = [0, 1, 2].map((axis) => sharesAlong(windows, axis));
  if (shares.flat().every((share) => share === 1)) return null;
  const [down, across] = shares.slice(1).map((along) => tf.tensor1d(along));
  const plane = tf.mul(tf.reshape(down, [-1, 1, 1]), tf.reshape(across, [-1, 1]));
  return name === "AvgPool" ? plane : tf.mul(tf.reshape(tf.tensor1d(shares[0]), [-1, 1, 1, 1]), plane);
}

function sharesAlong({ from, to, sizes, strides, pads }: Windows, axis: number): number[] {
  return Array.from({ length: to[axis + 1] }, (_, at) => {
    const start = at * strides[axis] - pads[axis];
    return sizes[axis] / (Math.min(from[axis + 1], start + sizes[axis]) - Math.max(0, start));
  });
}

/** Of the two outputs, the maxima and where they are, the second has no gradient. */
function argmaxGradient(): GradConfig {
  return {
    kernelName: "MaxPoolWithArgmax",
    inputsToSave: ["x"],
    outputsToSave: [true, false],
    gradFunc: (dys, [input, output], { filterSize, strides, pad }) => {
      const [dy] = dys as unknown as Tensor[];
      return { x: () => runKernel("MaxPoolGrad", { dy, input, output }, { filterSize, strides, pad }) };
    },
  };
}

/** The gradient of average pooling is linear in dy, by the pooling's transpose; on the input it does not depend. */
function averageAgain(name: AveragePooling): GradConfig {
  return {
    kernelName: `${name}Grad`,
    inputsToSave: ["input"],
    gradFunc: (ddx, [input], attrs) => ({
      dy: () => {
        const pooled = runKernel(name, { x: ddx as Tensor }, { dataFormat: "NDHWC", ...attrs });
        const shares = sharesAtBorder(name, input.shape, attrs);
        return shares ? tf.div(pooled, shares) : pooled;
      },
      input: flat(input),
    }),
  };
}

/** The gradient of max pooling is linear in dy; with the input it changes nowhere but where two elements are equal. */
function maximumAgain(name: string, pick: string): GradConfig {
  return {
    kernelName: `${name}Grad`,
    inputsToSave: ["input", "output"],
    gradFunc: (ddx, [input, output], attrs) => ({
      dy: () => runKernel(pick, { x: ddx as Tensor, input }, attrs),
      input: flat(input),
      output: flat(output),
    }),
  };
}

function pickAgain(name: string, pick: string): GradConfig {
  return {
    kernelName: pick,
    inputsToSave: ["input"],
    gradFunc: (dy, [input], attrs) => ({
      x: () => runKernel(`${name}Grad`, { dy: dy as Tensor, input, output: dy as Tensor }, attrs),
      input: flat(input),
    }),
  };
}

/** A pooling of volumes [batch, depth, height, width, channels]; images are volumes of depth 1. */
interface Windows {
  from: number[];
  to: number[];
  sizes: number[];
  strides: number[];
  pads: number[];
}

function pickMaxima(inImages: boolean): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const { x, input } = inputs as Record<string, TensorInfo>;
    const cpu = backend as MathBackendCPU;
    const { outShape, windows } = describe(input.shape, attrs as unknown as Pooling, inImages);
    const [values, maxima] = [x, input].map(({ dataId }) => cpu.data.get(dataId).values as Float32Array);
    const picked = new Float32Array(tf.util.sizeFromShape(outShape));
    pickFrom(values, maxima, picked, windows);
    return cpu.makeTensorInfo(outShape, "float32", picked);
  };
}

function describe(shape: number[], attrs: Pooling, inImages: boolean): { outShape: number[]; windows: Windows } {
  return inImages ? describeImages(shape, attrs) : describeVolumes(shape, attrs);
}

function describeVolumes(shape: number[], { filterSize, strides, pad, dimRoundingMode }: Pooling) {
  const volumes = shape as [number, number, number, number, number];
  const [size, stride] = [filterSize as number, strides as number];
  const info = tf.backend_util.computePool3DInfo(volumes, size, stride, 1, pad, dimRoundingMode);
  const windows = {
    from: shape,
    to: info.outShape,
    sizes: [info.filterDepth, info.filterHeight, info.filterWidth],
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    pads: [info.padInfo.front, info.padInfo.top, info.padInfo.left],
  };
  return { outShape: info.outShape, windows };
}

function describeImages(shape: number[], { filterSize, strides, pad, dimRoundingMode }: Pooling) {
  const images = shape as [number, number, number, number];
  const [size, stride] = [filterSize as number, strides as number];
  const info = tf.backend_util.computePool2DInfo(images, size, stride, 1, pad, dimRoundingMode);
  const [from, to] = [shape, info.outShape].map(([batch, ...rest]) => [batch, 1, ...rest]);
  const windows = {
    ...{ from, to },
    sizes: [1, info.filterHeight, info.filterWidth],
    strides: [1, info.strideHeight, info.strideWidth],
    pads: [0, info.padInfo.top, info.padInfo.left],
  };
  return { outShape: info.outShape, windows };
}

function pickFrom(values: Float32Array, maxima: Float32Array, picked: Float32Array, windows: Windows): void {
  const [batch, depth, height, width, channels] = windows.to;
  let at = 0;
  for (let image = 0; image < batch; image++)
    for (let front = 0; front < depth; front++)
      for (let top = 0; top < height; top++)
        for (let left = 0; left < width; left++)
          for (let channel = 0; channel < channels; channel++) {
            const place = placeOfMaximum(maxima, windows, [image, front, top, left, channel]);
            picked[at++] = place < 0 ? 0 : values[place];
          }
}

/** Where in the input a window's first maximum lies, -1 where it has none: as the kernels of the gradient have it. */
function placeOfMaximum(x: Float32Array, { from, sizes, strides, pads }: Windows, window: number[]): number {
  const [image, channel] = [window[0], window[4]];
  const ends = sizes.map((size, axis) => {
    const start = window[axis + 1] * strides[axis] - pads[axis];
    return [Math.max(0, start), Math.min(from[axis + 1], start + size)];
  });
  let [place, most] = [-1, -Infinity];
  for (let front = ends[0][0]; front < ends[0][1]; front++)
    for (let top = ends[1][0]; top < ends[1][1]; top++)
      for (let left = ends[2][0]; left < ends[2][1]; left++) {
        const at = (((image * from[1] + front) * from[2] + top) * from[3] + left) * from[4] + channel;
        if (x[at] > most) [place, most] = [at, x[at]];
      }
  return place;
}
