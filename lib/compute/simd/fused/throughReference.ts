import * as tf from "@tensorflow/tfjs-core";
import type { NamedAttrMap, GradConfig, Tensor } from "@tensorflow/tfjs-core";

/**
 * What a compiled operation stands for, in TensorFlow.js' own operations: from its inputs, undefined where one was not
 * given, to its outputs, undefined likewise.
 */
export type Reference = (inputs: Tensor[], attrs: NamedAttrMap) => Tensor[];

/**
 * The gradient of a compiled operation by that of the composition it stands for. Backward kernels have it, so that
 * what a fused operation computes can be differentiated again, as a gradient penalty needs it.
 *
 * @param kernelName - the kernel whose gradient it is
 * @param names - of the kernel's inputs, in the order in which `reference` takes them
 */
export function throughReference(kernelName: string, names: string[], reference: Reference): GradConfig {
  return {
    kernelName,
    inputsToSave: names,
    gradFunc(ofOutputs, saved, attrs) {
      const dys = [ofOutputs].flat() as Tensor[];
      const given = names.flatMap((_, i) => (saved[i] ? [i] : []));
      const inputsOf = (xs: Tensor[]) => names.map((_, i) => xs[given.indexOf(i)]);
      const f = (...xs: Tensor[]) => weighted(reference(inputsOf(xs), attrs), dys);
      const gradients = gradientsOrZeros(f, given.map((i) => saved[i])); // prettier-ignore
      return Object.fromEntries(given.map((i, n) => [names[i], () => gradients[n]]));
    },
  };
}

/**
 * The composition that a backward kernel stands for: from the outputs' gradients, in order, and the inputs of the forward
 * kernel to the gradients of these inputs.
 */
export function backwardOf(forward: Reference, outputs: number): Reference {
  return (inputs, attrs) => {
    const [dys, xs] = [inputs.slice(0, outputs), inputs.slice(outputs)];
    return tf.grads((...given: Tensor[]) => weighted(forward(given, attrs).slice(0, outputs), dys))(xs);
  };
}

/** Of f by each input: zeros for one that it does not depend on, which `tf.grads` refuses. */
function gradientsOrZeros(f: (...xs: Tensor[]) => Tensor, inputs: Tensor[]): Tensor[] {
  const touched = (...xs: Tensor[]) => xs.reduce((sum, x) => tf.add(sum, tf.mul(0, tf.sum(x))), f(...xs));
  return tf.grads(touched)(inputs);
}

/** The sum of all elements, each times its weight: its gradient is the product of the weights and the Jacobian. */
function weighted(ys: Tensor[], weights: Tensor[]): Tensor {
  return ys.flatMap((y, i) => (y && weights[i] ? [tf.sum(tf.mul(y, weights[i]))] : [])).reduce((sum, term) => tf.add(sum, term)); // prettier-ignore
}
