import {
  div,
  engine,
  getGradient,
  getKernel,
  mul,
  registerGradient,
  reshape,
  sub,
  sum,
  tile,
  unregisterGradient,
  util,
  zerosLike,
  type GradConfig,
  type NamedTensorMap,
  type Tensor,
} from "@tensorflow/tfjs-core";

/** The one-pass gradients of dy and the input x, by the kernel whose gradient each is. */
const OF_INPUT: Record<string, string> = {
  Relu: "ReluGrad",
  Relu6: "Relu6Grad",
  LeakyRelu: "LeakyReluGrad",
  ClipByValue: "ClipByValueGrad",
};

/** Those of dy and the output y. */
const OF_OUTPUT: Record<string, string> = { Sigmoid: "SigmoidGrad", Tanh: "TanhGrad", Softmax: "SoftmaxGrad" };

/** The input that a gradient is of, where it is not x. */
const INPUT: Record<string, string> = { SoftmaxGrad: "logits" };

/**
 * Lets the gradients of Relu, Relu6, LeakyRelu, ClipByValue, Sigmoid, Tanh and Softmax run as one kernel where the backend in use
 * has it, and those of sums and means spread theirs by copying instead of by a product with ones; elsewhere TensorFlow.js'
 * own gradients go on. They can be differentiated again.
 */
export function registerGradients(): void {
  if (getGradient("ReluGrad")) return;
  for (const [kernelName, gradientName] of Object.entries({ ...OF_INPUT, ...OF_OUTPUT })) {
    const own = getGradient(kernelName);
    if (own) replace(own, onePass(gradientName, own.gradFunc));
  }
  for (const kernelName of ["Sum", "Mean"]) {
    const own = getGradient(kernelName);
    if (own) replace(own, spreadOut(own));
  }
  Object.values(OF_INPUT).forEach((name) => registerGradient(ofStep(name)));
  registerGradient(ofOutput("SigmoidGrad", (y) => ({ slope: mul(y, sub(1, y)), bend: sub(1, mul(2, y)) })));
  registerGradient(ofSoftmax);
  registerGradient(ofOutput("TanhGrad", (y) => ({ slope: sub(1, mul(y, y)), bend: mul(-2, y) })));
}

function replace(own: GradConfig, gradFunc: GradConfig["gradFunc"]): void {
  unregisterGradient(own.kernelName);
  registerGradient({ ...own, gradFunc });
}

/** Copies of dy along the axes that were summed over, for a mean each of them its share. */
function spreadOut(own: GradConfig): GradConfig["gradFunc"] {
  return (given, saved, attrs) => {
    const [{ shape }] = saved;
    const dy = given as Tensor;
    if (!getKernel("ReluGrad", engine().backendName) || dy.dtype !== "float32") return own.gradFunc(dy, saved, attrs);
    const axes = util.parseAxisParam(attrs.axis as number[], shape);
    const sizes = axes.map((axis) => shape[axis]);
    const share = () => (own.kernelName === "Mean" ? div(dy, util.sizeFromShape(sizes)) : dy);
    const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const times = shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    return { x: () => tile(reshape(share(), kept), times) };
  };
}

function onePass(gradientName: string, otherwise: GradConfig["gradFunc"]): GradConfig["gradFunc"] {
  const input = Object.values(OF_OUTPUT).includes(gradientName) ? "y" : "x";
  return (dy, saved, attrs) => {
    const [kept] = saved;
    const compiled = getKernel(gradientName, engine().backendName);
    if (!compiled || kept.dtype !== "float32" || (dy as Tensor).dtype !== "float32") return otherwise(dy, saved, attrs);
    return {
      [INPUT[gradientName] ?? "x"]: () =>
        engine().runKernel(gradientName, { dy, [input]: kept } as NamedTensorMap, attrs) as Tensor,
    };
  };
}

/** The gradient is linear in dy, by the same factors; that it changes with x nowhere is TensorFlow.js' convention. */
function ofStep(gradientName: string): GradConfig {
  return {
    kernelName: gradientName,
    inputsToSave: ["x"],
    gradFunc: (ddy, [x], attrs) => ({
      dy: () => engine().runKernel(gradientName, { dy: ddy, x } as NamedTensorMap, attrs) as Tensor,
      x: () => zerosLike(x),
    }),
  };
}

/** Of dy times a slope that follows from y, and bends by so much as y moves. */
function ofOutput(kernelName: string, of: (y: Tensor) => { slope: Tensor; bend: Tensor }): GradConfig {
  return {
    kernelName,
    inputsToSave: ["dy", "y"],
    gradFunc: (ddy, [dy, y]) => ({
      dy: () => mul(ddy as Tensor, of(y).slope),
      y: () => mul(mul(ddy as Tensor, dy), of(y).bend),
    }),
  };
}

/** Of y (dy - s), where s is the sum of dy y along the last axis. */
const ofSoftmax: GradConfig = {
  kernelName: "SoftmaxGrad",
  inputsToSave: ["dy", "y"],
  gradFunc(given, [dy, y]) {
    const ddy = given as Tensor;
    const along = (a: Tensor, b: Tensor) => sum(mul(a, b), -1, true);
    return {
      dy: () => engine().runKernel("SoftmaxGrad", { dy: ddy, y } as NamedTensorMap) as Tensor,
      y: () => sub(mul(ddy, sub(dy, along(dy, y))), mul(dy, along(ddy, y))),
    };
  },
};
