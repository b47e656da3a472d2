import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { chunksOf } from "./passes";

/** Normalization by given means and variances, as trained nets predict with. */
export const batchNorm: Record<string, SimdKernel> = { FusedBatchNorm: normalize };

/**
 * Runs the pass over `count` numbers at `x` with statistics of `period` numbers each: `given` holds the places of mean,
 * variance, scale and offset, the last two 0 where there are none.
 */
export function runNormalization(
  backend: SimdBackend,
  { x, to, given }: { x: number; to: number; given: number[] },
  { count, period, epsilon }: { count: number; period: number; epsilon: number },
): void {
  const length = tableLength(period);
  backend.borrow(12 * length, (table) => {
    backend.run("batchNormTable", 1, [...given, table, period, length, floatBits(epsilon)]);
    backend.run("batchNorm", chunksOf(count), [x, to, count, table, length]);
  });
}

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
  const places = backend.addresses([mean, variance, scale, offset]);
  const epsilon = (attrs.varianceEpsilon as number | null) ?? 0.001;
  runNormalization(backend, { x: backend.address(x), to: backend.address(to), given: places }, { count, period, epsilon }); // prettier-ignore
  return to;
}

/** The period so many times that it is a multiple of four, and not short. */
export function tableLength(period: number): number {
  const even = period * (period % 4 === 0 ? 1 : period % 2 === 0 ? 2 : 4);
  return even * Math.ceil(LEAST_LENGTH / even);
}
