/** A cell that makes a net so small that an epoch takes a moment, and the pictures it learns. */
export const TINY_TRAINING = `
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "./lib/compute/useBackend";
import { train } from "./lib/vision/train";
await useBackend({ log: () => {} });
const size = 64;
const images = Float32Array.from({ length: size * 784 }, (_, i) => (i * 7919 % 256) / 255);
const examples = { images, labels: Uint8Array.from({ length: size }, (_, i) => i % 10), size };
const init = tf.initializers.glorotUniform({ seed: 1 });
const layer = tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: init });
const model = tf.sequential({ name: "tiny", layers: [tf.layers.flatten({ inputShape: [28, 28, 1] }), layer] });
model.compile({ optimizer: tf.train.adam(0.01), loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });`;
