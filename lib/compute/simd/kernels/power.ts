import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { pairs } from "./binary";
import { chunksOf } from "./passes";

/** Powers of float32, those by one exponent that is whole or a half in passes of their own. */
export const power: Record<string, SimdKernel> = { Pow: pow };

/** Whole exponents up to this are worth multiplying for. */
const MOST_FACTORS = 64;

const powOfPairs = pairs("Pow", { float32: "zipPow" });

function pow(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, backend } = call;
  const { a, b } = inputs;
  const isOne = util.sizeFromShape(b.shape) === 1 && b.shape.length <= a.shape.length;
  if (!isOne || a.dtype !== "float32" || b.dtype !== "float32") return powOfPairs(call);
  const [exponent] = backend.data.get(b.dataId).values as Float32Array;
  const pass = passOf(exponent);
  if (!pass) return powOfPairs(call);
  const to = backend.output(a.shape, "float32");
  const count = util.sizeFromShape(a.shape);
  const params = [backend.address(a), backend.address(to), count, floatBits(exponent)];
  if (count > 0) backend.run(pass, chunksOf(count), params);
  return to;
}

/** The task that raises to the power of one number; null where only the one for any exponents does. */
function passOf(exponent: number): string | null {
  if (exponent === 2) return "mapSquare";
  if (exponent === -1) return "mapReciprocal";
  if (exponent === 0.5) return "mapHalfPower";
  if (exponent === -0.5) return "mapMinusHalfPower";
  return Number.isInteger(exponent) && Math.abs(exponent) <= MOST_FACTORS ? "mapWholePower" : null;
}
