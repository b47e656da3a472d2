import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import { inherited } from "../inherited";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { chunksOf } from "./passes";

/** Normalization by given means and variances, as trained nets predict with. */
export const batchNorm: Record<string, SimdKernel> = { FusedBatchNorm: normalize };

/** Numbers that a table has at least, so that the passes over it are long. */
const LEAST_LENGTH = 64;

/** The cpu kernel goes through each of its tensors again and again: here they must be of one size. */
function normalize(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x, mean, variance, scale, offset } = inputs;
  const given = [mean, variance, scale, offset].filter(Boolean);
  const [count, period] = [util.sizeFromShape(x.shape), util.sizeFromShape(mean.shape)];
  const alike = given.every(({ shape }) => shape.length === mean.shape.length && util.sizeFromShape(shape) === period);
  const floats = [x, ...given].every(({ dtype }) => dtype === "float32");
  if (!alike || !floats || count === 0 || period === 0) return inherited("FusedBatchNorm", call);
  const to = backend.output(x.shape, "float32");
  const length = tableLength(period);
  backend.borrow(12 * length, (table) => {
    const places = [mean, variance, scale, offset].map((tensor) => (tensor ? backend.address(tensor) : 0));
    const epsilon = floatBits((attrs.varianceEpsilon as number | null) ?? 0.001);
    backend.run("batchNormTable", 1, [...places, table, period, length, epsilon]);
    backend.run("batchNorm", chunksOf(count), [backend.address(x), backend.address(to), count, table, length]);
  });
  return to;
}

/** The period so many times that it is a multiple of four, and not short. */
function tableLength(period: number): number {
  const even = period * (period % 4 === 0 ? 1 : period % 2 === 0 ? 2 : 4);
  return even * Math.ceil(LEAST_LENGTH / even);
}
