import { util, type KernelFunc, type TensorInfo } from "@tensorflow/tfjs-core";
import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { floatBits } from "../floatBits";
import { philox } from "../philox";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { chunksOf } from "./passes";

/**
 * `Dropout` of x: each number is 0 with the probability `rate`, to 16 bits, else divided by 1 - rate. What is drawn follows from the two
 * words of the attribute `key` and the number's place; the gradient is the same kernel of dy.
 */
export const dropout: Record<string, SimdKernel> = { Dropout: drop };

/** Of 2^16 draws as many as are below this are dropped. */
function leastOf(rate: number): number {
  return Math.round(rate * 2 ** 16);
}

function drop({ inputs: { x }, attrs, backend }: KernelCall) {
  const rate = attrs.rate as number;
  const [key0, key1] = attrs.key as number[];
  const to = backend.output(x.shape, "float32");
  const count = util.sizeFromShape(x.shape);
  const params = [backend.address(x), backend.address(to), count, leastOf(rate), floatBits(1 / (1 - rate)), key0, key1];
  if (count > 0) backend.run("dropout", chunksOf(count), params);
  return to;
}

/** The same on the `cpu` backend, so that what is trained with a seed is the same on both. */
export const dropoutOnCpu: KernelFunc = ({ inputs, attrs, backend }) => {
  const { x } = inputs as Record<string, TensorInfo>;
  const { rate, key } = attrs as unknown as { rate: number; key: [number, number] };
  const cpu = backend as MathBackendCPU;
  const from = cpu.data.get(x.dataId).values as Float32Array;
  const scale = Math.fround(1 / (1 - rate));
  const to = new Float32Array(from.length);
  for (let first = 0; first < from.length; first += BLOCK) {
    const words = Array.from({ length: 4 }, (_, lane) => philox(first / 8 + lane, key));
    for (let at = first; at < Math.min(first + BLOCK, from.length); at++)
      if (drawnFor(words, at - first) >= leastOf(rate)) to[at] = from[at] * scale;
  }
  return cpu.makeTensorInfo(x.shape, "float32", to);
};

/** Numbers for which four counters draw. */
const BLOCK = 32;

/** The 16 bits that are drawn for a number of a block: see assembly/dropout.ts. */
function drawnFor(words: Uint32Array[], at: number): number {
  const word = words[at % 4][at >> 3];
  return at & 4 ? word >>> 16 : word & 0xffff;
}
