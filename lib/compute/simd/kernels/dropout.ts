import { util } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { chunksOf } from "./passes";

/**
 * `Dropout` of x: each number is 0 with the probability `rate`, to 16 bits, else divided by 1 - rate. What is drawn follows from the two
 * words of the attribute `key` and the number's place; the gradient is the same kernel of dy.
 */
export const dropout: Record<string, SimdKernel> = { Dropout: drop };

function drop({ inputs: { x }, attrs, backend }: KernelCall) {
  const rate = attrs.rate as number;
  const [key0, key1] = attrs.key as number[];
  const to = backend.output(x.shape, "float32");
  const count = util.sizeFromShape(x.shape);
  const least = Math.round(rate * 2 ** 16);
  const params = [backend.address(x), backend.address(to), count, least, floatBits(1 / (1 - rate)), key0, key1];
  if (count > 0) backend.run("dropout", chunksOf(count), params);
  return to;
}
