import {
  getKernel,
  registerKernel,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from "@tensorflow/tfjs";
import { floatType, type NodeBackend } from "./nodeBackend";

/** The one-pass gradients that TensorFlow has: the names of their inputs, in its order. */
const KERNELS: Record<string, string[]> = {
  ReluGrad: ["dy", "x"],
  LeakyReluGrad: ["dy", "x"],
  SigmoidGrad: ["y", "dy"],
  TanhGrad: ["y", "dy"],
};

interface Call {
  inputs: NamedTensorInfoMap;
  attrs?: NamedAttrMap;
  backend: unknown;
}

/**
 * Gives the backend `tensorflow` TensorFlow's own gradients of activations, by the names by which simd's are known: the
 * gradients that `registerSimd` registers take them where the backend in use has them. TensorFlow.js makes each of several
 * small operations instead.
 */
export function registerGradientKernels(): void {
  if (getKernel("ReluGrad", "tensorflow")) return;
  for (const kernelName of Object.keys(KERNELS))
    registerKernel({
      kernelName,
      backendName: "tensorflow",
      kernelFunc: (call: Call): TensorInfo => run(kernelName, call),
    });
}

function run(kernelName: string, { inputs, attrs, backend }: Call): TensorInfo {
  const node = backend as NodeBackend;
  const attributes = [floatType(node, "T")];
  if (attrs?.alpha !== undefined)
    attributes.push({ name: "alpha", type: node.binding.TF_ATTR_FLOAT, value: attrs.alpha });
  return node.executeSingleOutput(
    kernelName,
    attributes,
    KERNELS[kernelName].map((name) => inputs[name]!),
  );
}
