import * as tf from "@tensorflow/tfjs";
import { seededRandom } from "../../lib/random";
import { countTrainable, stepProgram, uniform, type ZooNet } from "./net";

const { layers } = tf;

/** Numbers of a code. */
const LATENT = 16;

/** A variational autoencoder with a loss of its own (Kingma and Welling, 2014). */
export const vae: ZooNet = {
  title: "VAE with an own loss",
  size: { batch: 64, side: 28, width: 1 },
  tiny: { batch: 4, side: 8, width: 1 / 8 },
  make(size) {
    const { batch, side, width } = size;
    const wide = (units: number) => Math.max(2, units * width);
    const input = tf.input({ shape: [side, side, 1] });
    const same = { kernelSize: 3, strides: 2, padding: "same", activation: "relu" } as const;
    let x = layers.conv2d({ ...same, filters: wide(32) }).apply(input) as tf.SymbolicTensor;
    x = layers.conv2d({ ...same, filters: wide(64) }).apply(x) as tf.SymbolicTensor;
    x = layers.flatten().apply(x) as tf.SymbolicTensor;
    x = layers.dense({ units: wide(64), activation: "relu" }).apply(x) as tf.SymbolicTensor;
    const mean = layers.dense({ units: LATENT }).apply(x) as tf.SymbolicTensor;
    const logVariance = layers.dense({ units: LATENT }).apply(x) as tf.SymbolicTensor;
    const encoder = tf.model({ inputs: input, outputs: [mean, logVariance] });
    const decoder = tf.sequential();
    decoder.add(layers.dense({ inputShape: [LATENT], units: (side / 4) ** 2 * wide(64), activation: "relu" }));
    decoder.add(layers.reshape({ targetShape: [side / 4, side / 4, wide(64)] }));
    decoder.add(layers.conv2dTranspose({ ...same, filters: wide(64) }));
    decoder.add(layers.conv2dTranspose({ ...same, filters: wide(32) }));
    decoder.add(layers.conv2dTranspose({ ...same, strides: 1, filters: 1, activation: "sigmoid" }));
    const optimizer = tf.train.adam(0.001);
    const images = uniform([batch, side, side, 1], seededRandom(1));
    return stepProgram([encoder, decoder], (step) =>
      optimizer.minimize(() => {
        const [mean, logVariance] = encoder.apply(images, { training: true }) as tf.Tensor2D[];
        const noise = tf.randomNormal(mean.shape, 0, 1, "float32", step + 1) as tf.Tensor2D;
        const code = mean.add(logVariance.mul(0.5).exp().mul(noise));
        const decoded = decoder.apply(code, { training: true }) as tf.Tensor4D;
        const safe = decoded.clipByValue(1e-7, 1 - 1e-7);
        const entropy = images.mul(safe.log()).add(tf.sub(1, images).mul(tf.sub(1, safe).log())).neg();
        const reconstruction = entropy.sum([1, 2, 3]).mean();
        const divergence = logVariance.add(1).sub(mean.square()).sub(logVariance.exp()).sum(1).mul(-0.5).mean();
        return reconstruction.add(divergence) as tf.Scalar;
      }, true)!,
    ); // prettier-ignore
  },
};

/** Two nets against each other, each step two of `variableGrads` (Radford et al., 2016). */
export const gan: ZooNet = {
  title: "GAN with variableGrads",
  size: { batch: 64, side: 28, width: 1 },
  tiny: { batch: 4, side: 8, width: 1 / 8 },
  make({ batch, side, width }) {
    const wide = (units: number) => Math.max(2, units * width);
    const quarter = side / 4;
    const generator = tf.sequential();
    generator.add(layers.dense({ inputShape: [64], units: quarter ** 2 * wide(64), useBias: false }));
    generator.add(layers.batchNormalization());
    generator.add(layers.leakyReLU({ alpha: 0.2 }));
    generator.add(layers.reshape({ targetShape: [quarter, quarter, wide(64)] }));
    generator.add(layers.conv2dTranspose({ filters: wide(32), kernelSize: 4, strides: 2, padding: "same", useBias: false })); // prettier-ignore
    generator.add(layers.batchNormalization());
    generator.add(layers.leakyReLU({ alpha: 0.2 }));
    generator.add(layers.conv2dTranspose({ filters: 1, kernelSize: 4, strides: 2, padding: "same", activation: "tanh" })); // prettier-ignore
    const critic = tf.sequential();
    critic.add(layers.conv2d({ inputShape: [side, side, 1], filters: wide(32), kernelSize: 4, strides: 2, padding: "same" })); // prettier-ignore
    critic.add(layers.leakyReLU({ alpha: 0.2 }));
    critic.add(layers.dropout({ rate: 0.3, seed: 6 }));
    critic.add(layers.conv2d({ filters: wide(64), kernelSize: 4, strides: 2, padding: "same" }));
    critic.add(layers.leakyReLU({ alpha: 0.2 }));
    critic.add(layers.dropout({ rate: 0.3, seed: 7 }));
    critic.add(layers.flatten());
    critic.add(layers.dense({ units: 1 }));
    const [ofGenerator, ofCritic] = [tf.train.adam(0.0002, 0.5), tf.train.adam(0.0002, 0.5)];
    const real = uniform([batch, side, side, 1], seededRandom(1), { low: -1 });
    const weightsOf = (model: tf.LayersModel) => model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const made = (seed: number) => generator.apply(tf.randomNormal([batch, 64], 0, 1, "float32", seed), { training: true }) as tf.Tensor; // prettier-ignore
    const judged = (images: tf.Tensor) => critic.apply(images, { training: true }) as tf.Tensor;
    const parameters = countTrainable(generator) + countTrainable(critic);
    const step = (step: number) => {
      const fromCritic = tf.variableGrads(() => {
        const ofReal = tf.losses.sigmoidCrossEntropy(tf.ones([batch, 1]), judged(real));
        const ofMade = tf.losses.sigmoidCrossEntropy(tf.zeros([batch, 1]), judged(made(2 * step + 1)));
        return ofReal.add(ofMade) as tf.Scalar;
      }, weightsOf(critic));
      ofCritic.applyGradients(fromCritic.grads as Record<string, tf.Variable>);
      const fromGenerator = tf.variableGrads(
        () => tf.losses.sigmoidCrossEntropy(tf.ones([batch, 1]), judged(made(2 * step + 2))) as tf.Scalar,
        weightsOf(generator),
      );
      ofGenerator.applyGradients(fromGenerator.grads as Record<string, tf.Variable>);
      return fromCritic.value.add(fromGenerator.value) as tf.Scalar;
    };
    return stepProgram([generator, critic], step, parameters);
  },
};
