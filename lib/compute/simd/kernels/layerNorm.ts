import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { chunksOf } from "./passes";

/**
 * Layer normalization over the last axes: `LayerNorm` of x, with gamma and beta of the shape of these axes or without,
 * gives the result, and mean and inverse deviation [rows]. `LayerNormGrad` gives the gradients of x, gamma and beta.
 * The attribute `axes` is the number of axes.
 */
export const layerNorm: Record<string, SimdKernel> = { LayerNorm: normalize, LayerNormGrad: differentiate };

/** Parts that the rows are shared out in at most: a fixed number, since the gradients of gamma and beta sum over them. */
const MOST_PARTS = 32;

function sizesOf({ shape }: TensorInfo, axes: number) {
  const inner = shape.slice(shape.length - axes);
  const width = util.sizeFromShape(inner);
  const rows = width === 0 ? 0 : util.sizeFromShape(shape) / width;
  const share = Math.max(1, Math.ceil(rows / MOST_PARTS));
  return { inner, width, rows, share, parts: Math.ceil(rows / share) };
}

function normalize({ inputs, attrs, backend }: KernelCall): TensorInfo[] {
  const { x, gamma, beta } = inputs;
  const { width, rows, share, parts } = sizesOf(x, attrs.axes as number);
  const [y, mean, inverse] = [x.shape, [rows], [rows]].map((shape) => backend.output(shape, "float32"));
  const places = backend.addresses([x, gamma, beta, y, mean, inverse]);
  backend.run("layerNorm", parts, [...places, rows, width, share, floatBits(attrs.epsilon as number)]);
  return [y, mean, inverse];
}

function differentiate({ inputs, attrs, backend }: KernelCall): TensorInfo[] {
  const { dy, x, mean, inverse, gamma } = inputs;
  const { inner, width, rows, share, parts } = sizesOf(x, attrs.axes as number);
  const dx = backend.output(x.shape, "float32");
  const [dgamma, dbeta] = [0, 1].map(() => backend.output(inner, "float32"));
  const places = backend.addresses([x, gamma, undefined, dx, mean, inverse]);
  backend.borrow(8 * Math.max(1, width * parts), (sums) => {
    const more = [floatBits(attrs.epsilon as number), backend.address(dy), sums];
    backend.run("layerNormGradient", parts, [...places, rows, width, share, ...more]);
    [dgamma, dbeta].forEach((tensor, i) => {
      const to = backend.address(tensor);
      if (parts > 0) backend.run("sumParts", Math.ceil(width / 4096), [sums + 4 * width * parts * i, to, width, parts]);
      else if (width > 0) backend.run("fill", chunksOf(width), [to, width, 0]);
    });
  });
  return [dx, dgamma, dbeta];
}
