import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import type { KernelCall, SimdKernel } from "../SimdBackend";

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
  const places = [x, gamma, beta, y, mean, inverse].map((tensor) => (tensor ? backend.address(tensor) : 0));
  backend.run("layerNorm", parts, [...places, rows, width, share, floatBits(attrs.epsilon as number)]);
  return [y, mean, inverse];
}

function differentiate({ inputs, attrs, backend }: KernelCall): TensorInfo[] {
  const { dy, x, mean, inverse, gamma } = inputs;
  const { inner, width, rows, share, parts } = sizesOf(x, attrs.axes as number);
  const dx = backend.output(x.shape, "float32");
  const both = backend.output([2, width], "float32");
  const places = [x, gamma, undefined, dx, mean, inverse].map((tensor) => (tensor ? backend.address(tensor) : 0));
  backend.borrow(8 * Math.max(1, width * parts), (sums) => {
    const more = [floatBits(attrs.epsilon as number), backend.address(dy), sums];
    backend.run("layerNormGradient", parts, [...places, rows, width, share, ...more]);
    const to = backend.address(both);
    if (parts > 0) backend.run("sumParts", Math.ceil((2 * width) / 4096), [sums, to, 2 * width, parts]);
    else if (width > 0) backend.run("fill", Math.ceil((2 * width) / 16384), [to, 2 * width, 0]);
  });
  const [dgamma, dbeta] = [0, 1].map(() => backend.output(inner, "float32"));
  const bytes = new Uint8Array(backend.pool.memory.buffer);
  const from = backend.address(both);
  [dgamma, dbeta].forEach((tensor, i) => {
    const start = from + 4 * width * i;
    bytes.copyWithin(backend.address(tensor), start, start + 4 * width);
  });
  backend.disposeData(both.dataId);
  return [dx, dgamma, dbeta];
}
