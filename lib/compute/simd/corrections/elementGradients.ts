import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";
import { addGradient, correctGradient, flat, runKernel, unbroadcast } from "./gradientConfigs";

/** Kernels of two tensors whose gradients TensorFlow.js leaves broadcast, by the names of their inputs. */
const BROADCAST: Record<string, [string, string]> = {
  Maximum: ["a", "b"],
  Minimum: ["a", "b"],
  SquaredDifference: ["a", "b"],
  Prelu: ["x", "alpha"],
  BatchMatMul: ["a", "b"],
};

/**
 * Sums the gradients of maximum, minimum, squaredDifference, prelu and matMul over the axes along which an input was
 * broadcast (TensorFlow.js refuses them), lets the gradient of elu be differentiated again, and has where
 * pass nothing on to what was not chosen, were it Infinity or NaN.
 */
export function registerElementGradients(): void {
  for (const [kernelName, names] of Object.entries(BROADCAST))
    correctGradient(kernelName, (own) => ({ gradFunc: summed(own, names) }));
  addGradient(eluAgain());
  correctGradient("Select", (own) => ({ gradFunc: chosen(own) }));
}

function summed(own: GradConfig, names: [string, string]): GradConfig["gradFunc"] {
  return (dy, saved, attrs) => {
    const gradients = own.gradFunc(dy, saved, attrs);
    const sums = names.map((name, i) => [name, () => unbroadcast(gradients[name](), saved[i].shape)]);
    return Object.fromEntries(sums) as typeof gradients;
  };
}

/** The gradient of elu is dy where its output y is 0 or more, else dy (y + 1). */
function eluAgain(): GradConfig {
  return {
    kernelName: "EluGrad",
    inputsToSave: ["dy", "y"],
    gradFunc: (given, [dy, y]) => {
      const ddx = given as Tensor;
      return {
        dy: () => runKernel("EluGrad", { dy: ddx, y }),
        y: () => tf.where(tf.less(y, 0), tf.mul(ddx, dy), tf.zerosLike(dy)),
      };
    },
  };
}

/** TensorFlow.js multiplies by the condition, and zero times Infinity is NaN. */
function chosen(own: GradConfig): GradConfig["gradFunc"] {
  return (given, saved, attrs) => {
    const [condition] = saved;
    const dy = given as Tensor;
    if (condition.rank > 1 && !tf.util.arraysEqual(condition.shape, dy.shape)) return own.gradFunc(given, saved, attrs);
    return {
      condition: flat(condition),
      t: () => tf.where(condition, dy, tf.zerosLike(dy)),
      e: () => tf.where(condition, tf.zerosLike(dy), dy),
    };
  };
}
