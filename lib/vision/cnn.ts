import * as tf from "@tensorflow/tfjs";

/** What an architecture is built with. */
export interface BuildOptions {
  /** Seeds the initial weights: the same seed gives the same weights. Default 42. */
  seed?: number;
}

/**
 * The classifier of the first lesson: two convolutions and two dense layers, 225,034 parameters.
 * Takes images [batch, 28, 28, 1] of pixels 0 … 1 and gives probabilities [batch, 10].
 */
export function buildCnn({ seed = 42 }: BuildOptions = {}): tf.Sequential {
  const { convolution, pooling, dense, flatten } = seededLayers(seed);
  return tf.sequential({
    name: "cnn",
    layers: [
      convolution(32, { inputShape: [28, 28, 1] }), // [batch, 26, 26, 32]
      pooling(), // [batch, 13, 13, 32]
      convolution(64), // [batch, 11, 11, 64]
      pooling(), // [batch, 5, 5, 64]
      flatten(), // [batch, 1600]
      dense(128, { activation: "relu", name: "embedding" }), // [batch, 128]
      dense(10, { activation: "softmax", name: "probabilities" }), // [batch, 10]
    ],
  });
}

/**
 * The classifier of the second lesson: three convolutions and two dense layers, 93,322 parameters.
 * Takes images [batch, 28, 28, 1] of pixels 0 … 1 and gives probabilities [batch, 10].
 */
export function buildSixLayerCnn({ seed = 42 }: BuildOptions = {}): tf.Sequential {
  const { convolution, pooling, dense, flatten } = seededLayers(seed);
  return tf.sequential({
    name: "six-layer-cnn",
    layers: [
      convolution(32, { inputShape: [28, 28, 1] }), // [batch, 26, 26, 32]
      pooling(), // [batch, 13, 13, 32]
      convolution(64), // [batch, 11, 11, 64]
      pooling(), // [batch, 5, 5, 64]
      convolution(64), // [batch, 3, 3, 64]
      flatten(), // [batch, 576]
      dense(64, { activation: "relu", name: "embedding" }), // [batch, 64]
      dense(10, { activation: "softmax", name: "probabilities" }), // [batch, 10]
    ],
  });
}

/** Layer makers whose weights start as Keras' do (Glorot and Bengio, 2010), each from a seed of its own. */
function seededLayers(seed: number) {
  if (!Number.isInteger(seed) || seed < 0)
    throw new RangeError(`building a CNN: seed ${seed} is not a whole number from 0`);
  let layer = 0;
  let convolutions = 0;
  let poolings = 0;
  const glorot = () => tf.initializers.glorotUniform({ seed: seed * 1000 + layer++ });
  return {
    convolution: (filters: number, { inputShape }: { inputShape?: number[] } = {}) =>
      tf.layers.conv2d({
        ...(inputShape && { inputShape }),
        name: `convolution_${++convolutions}`,
        filters,
        kernelSize: 3,
        activation: "relu",
        kernelInitializer: glorot(),
      }),
    pooling: () => tf.layers.maxPooling2d({ poolSize: 2, name: `pooling_${++poolings}` }),
    flatten: () => tf.layers.flatten({ name: "flatten" }),
    dense: (units: number, options: { activation: "relu" | "softmax"; name: string }) =>
      tf.layers.dense({ units, kernelInitializer: glorot(), ...options }),
  };
}
