import {
  engine,
  getGradient,
  getKernel,
  registerGradient,
  unregisterGradient,
  zerosLike,
  type GradConfig,
  type NamedTensorMap,
  type Tensor,
} from "@tensorflow/tfjs-core";

/** The one-pass gradients by the kernel whose gradient each is; all take dy and x. */
const ONE_PASS: Record<string, string> = { Relu: "ReluGrad", Relu6: "Relu6Grad", LeakyRelu: "LeakyReluGrad" };

/**
 * Lets the gradients of Relu, Relu6 and LeakyRelu run as one kernel where the backend in use has it; elsewhere
 * TensorFlow.js' own gradients go on. They can be differentiated again.
 */
export function registerGradients(): void {
  for (const [kernelName, gradientName] of Object.entries(ONE_PASS)) {
    const own = getGradient(kernelName);
    if (!own || getGradient(gradientName)) continue;
    unregisterGradient(kernelName);
    registerGradient({ ...own, gradFunc: onePass(gradientName, own.gradFunc) });
    registerGradient(secondOrder(gradientName));
  }
}

function onePass(gradientName: string, otherwise: GradConfig["gradFunc"]): GradConfig["gradFunc"] {
  return (dy, saved, attrs) => {
    const x = saved[0];
    const compiled = getKernel(gradientName, engine().backendName);
    if (!compiled || x.dtype !== "float32" || (dy as Tensor).dtype !== "float32") return otherwise(dy, saved, attrs);
    return { x: () => engine().runKernel(gradientName, { dy, x } as NamedTensorMap, attrs) as Tensor };
  };
}

/** The gradient is linear in dy, by the same factors; that it changes with x nowhere is TensorFlow.js' convention. */
function secondOrder(gradientName: string): GradConfig {
  return {
    kernelName: gradientName,
    inputsToSave: ["x"],
    gradFunc: (ddy, [x], attrs) => ({
      dy: () => engine().runKernel(gradientName, { dy: ddy, x } as NamedTensorMap, attrs) as Tensor,
      x: () => zerosLike(x),
    }),
  };
}
