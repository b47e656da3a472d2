import type * as tf from "@tensorflow/tfjs";
import { runProduct } from "../kernels/matMul";
import type { Stage, StageContext } from "./stage";

/** A dense layer. */
export interface Dense {
  /** [inputs, units]. */
  kernel: tf.Variable;
  bias?: tf.Variable;
  relu: boolean;
}

/** A dense layer in three products: forward, and the gradients of its weights and of its input. */
export function denseStage({ kernel, bias, relu }: Dense, context: StageContext): Stage {
  const { backend, most, allocate, allocateToLearn, gradientOf, needsInputGradient } = context;
  const [inputs, units] = kernel.shape;
  const to = allocate(most * units);
  const dx = needsInputGradient ? allocateToLearn(most * inputs) : 0;
  const kernelGradient = gradientOf(kernel);
  const biasGradient = bias ? gradientOf(bias) : 0;
  let x = 0;

  return {
    forward(count, from) {
      x = from;
      const places = {
        a: x,
        b: backend.address(kernel),
        to,
        bias: bias ? backend.address(bias) : 0,
        code: Number(relu),
      };
      runProduct(backend, "matMul", { rows: count, columns: units, depth: inputs }, places);
      return to;
    },
    backward(count, dy) {
      if (relu) backend.run("maskByRelu", Math.ceil((count * units) / 4096), [dy, to, count * units]);
      const ofKernel = { a: x, b: dy, to: kernelGradient, bias: 0, code: 0 };
      runProduct(backend, "matMulColumns", { rows: inputs, columns: units, depth: count }, ofKernel);
      if (bias) backend.run("sumRows", Math.ceil(units / 16), [dy, 0, biasGradient, count, units]);
      const ofInput = { a: dy, b: backend.address(kernel), to: dx, bias: 0, code: 0 };
      if (dx) runProduct(backend, "matMulDots", { rows: count, columns: inputs, depth: units }, ofInput);
      return dx;
    },
  };
}
