import * as tf from "@tensorflow/tfjs";
import type { NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import type { SparseGradConfig } from "../engine/patchEngine";
import { SimdBackend } from "../SimdBackend";
import { fuseCall } from "./fuseCall";
import { throughReference, type Reference } from "./throughReference";

/** What is read of a layer, which TensorFlow.js declares as private. */
interface Layer {
  axis: number | number[];
  epsilon: number;
  gamma: tf.LayerVariable | null;
  beta: tf.LayerVariable | null;
}

let isDone = false;

/**
 * Has the layer `layerNormalization` be one pass forward and one back where the backend in use is `simd` and the axes are the
 * last ones; any other goes as before.
 */
export function registerFusedLayerNorm(): void {
  if (isDone) return;
  isDone = true;
  tf.registerGradient(gradient);
  tf.registerGradient(throughReference("LayerNormGrad", ["dy", "x", "mean", "inverse", "gamma"], backward));
  fuseCall<Layer>("LayerNormalization", (layer, x) => (takes(layer, x) ? normalize(layer, x) : null));
}

function takes({ axis }: Layer, x: Tensor): boolean {
  const axes = [axis].flat().map((one) => (one < 0 ? one + x.rank : one)).sort((a, b) => a - b); // prettier-ignore
  const last = axes.every((one, i) => one === x.rank - axes.length + i);
  return last && x.dtype === "float32" && tf.backend() instanceof SimdBackend;
}

function normalize({ axis, epsilon, gamma, beta }: Layer, x: Tensor): Tensor {
  const inputs: NamedTensorMap = { x };
  if (gamma) inputs.gamma = gamma.read();
  if (beta) inputs.beta = beta.read();
  const attrs = { epsilon, axes: [axis].flat().length };
  return (tf.engine().runKernel("LayerNorm", inputs, attrs) as unknown as Tensor[])[0];
}

/** Means and deviations serve the way back only. */
const gradient: SparseGradConfig = {
  kernelName: "LayerNorm",
  inputsToSave: ["x", "gamma"],
  outputsToSave: [false, true, true],
  missingGradients: true,
  gradFunc(dys, [x, gamma, mean, inverse], attrs) {
    const [dy] = dys as (Tensor | null)[];
    const inputs: NamedTensorMap = { dy: dy ?? tf.zerosLike(x), x, mean, inverse };
    if (gamma) inputs.gamma = gamma;
    const [dx, dgamma, dbeta] = tf.engine().runKernel("LayerNormGrad", inputs, attrs) as unknown as Tensor[];
    return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
  },
};

/** Mean and deviation are taken again, of x. */
const backward: Reference = ([dy, x, , , gamma], attrs) => {
  const count = attrs.axes as number;
  const axes = Array.from({ length: count }, (_, i) => x.rank - count + i);
  const shape = x.shape.slice(x.rank - count);
  const forward = (x: Tensor, gamma: Tensor, beta: Tensor) => {
    const { mean, variance } = tf.moments(x, axes, true);
    const inverse = tf.rsqrt(tf.add(variance, attrs.epsilon as number));
    return tf.add(tf.mul(tf.mul(tf.sub(x, mean), inverse), gamma), beta);
  };
  return tf.grads(forward)([x, gamma ?? tf.ones(shape), tf.zeros(shape)], dy);
};
