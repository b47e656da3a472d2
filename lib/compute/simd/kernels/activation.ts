import { getKernel, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs-core";
import type { SimdBackend } from "../SimdBackend";

/** What the compiled products do with a sum before they write it, by TensorFlow.js' names. */
export const FUSED: Record<string, number> = { linear: 0, relu: 1, relu6: 2 };

const KERNELS: Record<string, string> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  prelu: "Prelu",
  leakyrelu: "LeakyRelu",
  sigmoid: "Sigmoid",
};

/** What follows a product in a fused kernel. */
export interface Epilogue {
  bias?: TensorInfo;
  activation?: string | null;
  preluActivationWeights?: TensorInfo;
  leakyreluAlpha?: number;
}

/**
 * Splits an epilogue in what the product's own last step does, and what further kernels do: a bias of one number for
 * each of the last axis' `width` and a relu go along with the product.
 */
export function splitEpilogue(epilogue: Epilogue, width: number) {
  const { bias, activation } = epilogue;
  const biasGoes = !bias || (bias.dtype === "float32" && bias.shape.length > 0 && isRow(bias.shape, width));
  const code = FUSED[activation ?? "linear"];
  const activationGoes = biasGoes && code !== undefined;
  return {
    bias: biasGoes ? bias : undefined,
    code: activationGoes ? code : 0,
    rest: { ...epilogue, bias: biasGoes ? undefined : bias, activation: activationGoes ? undefined : activation },
  };
}

function isRow(shape: number[], width: number): boolean {
  return shape.at(-1) === width && shape.every((size, axis) => axis === shape.length - 1 || size === 1);
}

/** Adds the bias and applies the activation that the product left, each with its own kernel. */
export function finishEpilogue(backend: SimdBackend, product: TensorInfo, rest: Epilogue): TensorInfo {
  let result = product;
  const replace = (kernel: string, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap = {}) => {
    const next = getKernel(kernel, "simd").kernelFunc({ inputs, attrs, backend }) as TensorInfo;
    backend.disposeData(result.dataId);
    result = next;
  };
  if (rest.bias) replace("Add", { a: result, b: rest.bias });
  const { activation } = rest;
  if (!activation || activation === "linear") return result;
  if (!(activation in KERNELS)) throw new Error(`Activation ${activation} has not been implemented for simd.`);
  if (activation === "prelu") replace("Prelu", { x: result, alpha: rest.preluActivationWeights! });
  else replace(KERNELS[activation], { x: result }, { alpha: rest.leakyreluAlpha ?? 0.2 });
  return result;
}
