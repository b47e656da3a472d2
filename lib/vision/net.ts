import * as tf from "@tensorflow/tfjs";
import type { BuildOptions } from "./cnn";

/** A group of layers that see the picture at one size; between two stages the picture is halved. */
export interface Stage {
  /** Features that each convolution of the stage finds. */
  filters: number;
  /** Convolutions of 3 x 3, one after the other. Default 1. */
  convolutions?: number;
  /**
   * Convolves each feature by itself and then mixes the features at each place, with a seventh to a ninth of the weights
   * (MobileNet: Howard et al., 2017). Default false.
   */
  depthwise?: boolean;
  /** Adds a block of two convolutions whose result is added to its input (He et al., 2016). Default false. */
  residual?: boolean;
}

/** What a net is built with, beside its stages. */
export interface NetOptions extends BuildOptions {
  /**
   * Brings each feature to mean 0 and variance 1 over the batch, after each convolution (Ioffe and Szegedy, 2015). Default
   * false.
   */
  batchNorm?: boolean;
  /** The share of features that the last layer does not see in a training step, 0 to below 1 (Srivastava et al., 2014). Default 0. */
  dropout?: number;
}

/** How much of the old running mean stays in each step: the statistics settle within an epoch. */
const MOMENTUM = 0.9;

/**
 * A classifier made of stages: convolutions with relu, each stage at half the size of the stage before it, then the
 * largest value of each feature over all places (the layer "embedding"), then the probabilities.
 *
 * Takes images [batch, 28, 28, 1] of pixels 0 … 1 and gives probabilities [batch, 10]. The initial weights are those of
 * He et al. (2015).
 *
 * @param stages - one to four, from the full size on: 28 x 28, 14 x 14, 7 x 7, 3 x 3
 * @throws RangeError for options that are out of range
 */
export function buildNet(
  stages: Stage[],
  { batchNorm = false, dropout = 0, seed = 42 }: NetOptions = {},
): tf.LayersModel {
  checkOptions(stages, { dropout, seed });
  const make = layerMakers({ batchNorm, seed });
  const input = tf.input({ shape: [28, 28, 1], name: "images" });
  const features = stages.reduce<tf.SymbolicTensor>((x, stage, i) => {
    const halved = i === 0 ? x : apply(tf.layers.maxPooling2d({ poolSize: 2, name: `pooling_${i}` }), x);
    return make.stage(halved, stage);
  }, input);
  const embedding = apply(tf.layers.globalMaxPooling2d({ name: "embedding" }), features); // [batch, filters]
  const seen = dropout > 0 ? apply(tf.layers.dropout({ rate: dropout, seed, name: "dropout" }), embedding) : embedding;
  return tf.model({ name: "net", inputs: input, outputs: make.probabilities(seen) });
}

function checkOptions(stages: Stage[], { dropout, seed }: { dropout: number; seed: number }): void {
  if (!(stages.length >= 1 && stages.length <= 4))
    throw new RangeError(`buildNet(): there are ${stages.length} stages; a picture of 28 x 28 allows 1 to 4`);
  stages.forEach(({ filters, convolutions = 1 }, i) => {
    for (const [name, value] of Object.entries({ filters, convolutions }))
      if (!Number.isInteger(value) || value < 1)
        throw new RangeError(`buildNet(): stage ${i}: ${name} is ${value}; it must be a whole number from 1`);
  });
  if (!(dropout >= 0 && dropout < 1))
    throw new RangeError(`buildNet(): dropout is ${dropout}; it must be from 0 to below 1, say 0.2`);
  if (!Number.isInteger(seed) || seed < 0)
    throw new RangeError(`buildNet(): seed ${seed} is not a whole number from 0`);
}

/** Makers of layers, each with weights from a seed of its own. */
function layerMakers({ batchNorm, seed }: { batchNorm: boolean; seed: number }) {
  let made = 0;
  const weights = () => tf.initializers.heNormal({ seed: seed * 1000 + made });

  function convolve(x: tf.SymbolicTensor, filters: number, { depthwise = false } = {}): tf.SymbolicTensor {
    const settings = { kernelSize: 3, padding: "same", useBias: !batchNorm } as const;
    const name = `convolution_${++made}`;
    if (!depthwise) return apply(tf.layers.conv2d({ ...settings, name, filters, kernelInitializer: weights() }), x);
    const each = { ...settings, name: `${name}_each`, useBias: false, depthwiseInitializer: weights() };
    const mixed = { ...settings, kernelSize: 1, name: `${name}_mix`, filters, kernelInitializer: weights() };
    return apply(tf.layers.conv2d(mixed), apply(tf.layers.depthwiseConv2d(each), x));
  }

  function convolution(x: tf.SymbolicTensor, { filters, depthwise }: Stage): tf.SymbolicTensor {
    const convolved = convolve(x, filters, { depthwise });
    const normal = { momentum: MOMENTUM, name: `normalization_${made}` };
    const even = batchNorm ? apply(tf.layers.batchNormalization(normal), convolved) : convolved;
    return apply(tf.layers.activation({ activation: "relu", name: `relu_${made}` }), even);
  }

  function stage(x: tf.SymbolicTensor, plan: Stage): tf.SymbolicTensor {
    let features = x;
    for (let i = 0; i < (plan.convolutions ?? 1); i++) features = convolution(features, plan);
    if (!plan.residual) return features;
    const change = convolution(convolution(features, plan), plan);
    return tf.layers.add({ name: `sum_${made}` }).apply([features, change]) as tf.SymbolicTensor;
  }

  function probabilities(x: tf.SymbolicTensor): tf.SymbolicTensor {
    made++;
    const kernelInitializer = tf.initializers.glorotUniform({ seed: seed * 1000 + made });
    return apply(tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer, name: "probabilities" }), x);
  }

  return { stage, probabilities };
}

function apply(layer: tf.layers.Layer, x: tf.SymbolicTensor): tf.SymbolicTensor {
  return layer.apply(x) as tf.SymbolicTensor;
}
