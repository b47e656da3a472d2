import * as tf from "@tensorflow/tfjs";
import type { NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import { isFrozen } from "../corrections/batchNormalization";
import type { SparseGradConfig } from "../engine/patchEngine";
import { floatBits } from "../floatBits";
import { ownAddress } from "../optimizers";
import { SimdBackend } from "../SimdBackend";
import { fuseCall } from "./fuseCall";
import { throughReference, type Reference } from "./throughReference";

/** What is read of a layer, which TensorFlow.js declares as private or protected. */
type Layer = Parameters<typeof isFrozen>[0] & {
  axis: number;
  epsilon: number;
  momentum: number;
  gamma?: tf.LayerVariable;
  beta?: tf.LayerVariable;
  movingMean: tf.LayerVariable;
  movingVariance: tf.LayerVariable;
};

let isDone = false;

/**
 * Has the layer `batchNormalization` train in three passes forward and three back where the backend in use is `simd` and
 * the axis is the last one, with its running means moved in place. Prediction, and any other layer, goes as before.
 */
export function registerFusedBatchNorm(): void {
  if (isDone) return;
  isDone = true;
  tf.registerGradient(gradient);
  tf.registerGradient(throughReference("BatchNormTrainingGrad", ["dy", "x", "mean", "variance", "gamma"], backward));
  fuseCall<Layer>("BatchNormalization", (layer, x, { training }) =>
    training && takes(layer, x) ? normalize(layer, x) : null,
  );
}

function takes(layer: Layer, x: Tensor): boolean {
  const isLast = layer.axis === -1 || layer.axis === x.rank - 1;
  return isLast && !isFrozen(layer) && x.rank > 1 && x.dtype === "float32" && tf.backend() instanceof SimdBackend;
}

function normalize({ gamma, beta, epsilon, momentum, movingMean, movingVariance }: Layer, x: Tensor): Tensor {
  const inputs: NamedTensorMap = { x };
  if (gamma) inputs.gamma = gamma.read();
  if (beta) inputs.beta = beta.read();
  const [y, mean, variance] = tf.engine().runKernel("BatchNormTraining", inputs, { epsilon }) as unknown as Tensor[];
  move(movingMean, mean, 1 - momentum);
  move(movingVariance, variance, 1 - momentum);
  return y;
}

function move(running: tf.LayerVariable, batch: Tensor, share: number): void {
  const backend = tf.backend() as SimdBackend;
  const to = ownAddress(backend, running.read() as tf.Variable);
  backend.run("moveTowards", 1, [to, backend.address(batch), batch.size, floatBits(share)]);
}

/** Mean and variance serve the running means only, which are not learned: their gradients are left aside. */
const gradient: SparseGradConfig = {
  kernelName: "BatchNormTraining",
  inputsToSave: ["x", "gamma"],
  outputsToSave: [false, true, true],
  missingGradients: true,
  gradFunc(dys, [x, gamma, mean, variance], attrs) {
    const [dy] = dys as (Tensor | null)[];
    const inputs: NamedTensorMap = { dy: dy ?? tf.zerosLike(x), x, mean, variance };
    if (gamma) inputs.gamma = gamma;
    const [dx, dgamma, dbeta] = tf.engine().runKernel("BatchNormTrainingGrad", inputs, attrs) as unknown as Tensor[];
    return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
  },
};

/** Mean and variance are taken again, of x. */
const backward: Reference = ([dy, x, , , gamma], attrs) => {
  const axes = x.shape.slice(1).map((_, axis) => axis);
  const channels = x.shape.slice(-1);
  const forward = (x: Tensor, gamma: Tensor, beta: Tensor) => {
    const { mean, variance } = tf.moments(x, axes);
    const inverse = tf.rsqrt(tf.add(variance, attrs.epsilon as number));
    return tf.add(tf.mul(tf.mul(tf.sub(x, mean), inverse), gamma), beta);
  };
  return tf.grads(forward)([x, gamma ?? tf.ones(channels), tf.zeros(channels)], dy);
};
