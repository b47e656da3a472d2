import * as tf from "@tensorflow/tfjs";

/** How a short training went. */
export interface TrialSteps {
  /** Milliseconds of a step, the median. */
  time: number;
  /** The loss of each step, before it. */
  losses: number[];
}

const [STEPS, BATCH] = [10, 32];

/** Trains the net of the first lesson on made-up images, ten steps or two seconds after a first one. */
export async function trialSteps(): Promise<TrialSteps> {
  const model = tf.sequential({ layers: firstLesson() });
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
  const pixels = Float32Array.from({ length: BATCH * 784 }, (_, i) => Math.sin(i) ** 2);
  const images = tf.tensor4d(pixels, [BATCH, 28, 28, 1]);
  const labels = tf.tensor1d(Array.from({ length: BATCH }, (_, i) => i % 10));
  const [losses, times]: number[][] = [[], []];
  try {
    for (let spent = 0; losses.length <= STEPS && spent < 2000;) {
      const start = performance.now();
      losses.push((await model.trainOnBatch(images, labels)) as number);
      if (losses.length === 1) continue; // it warms up
      times.push(performance.now() - start);
      spent += times.at(-1)!;
    }
  } finally {
    model.dispose();
    tf.dispose([images, labels]);
  }
  return { time: times.sort((a, b) => a - b)[times.length >> 1], losses };
}

/** The layers of that net; its weights are drawn alike on each backend. */
export function firstLesson(): tf.layers.Layer[] {
  let seed = 0;
  const drawn = () => ({ kernelInitializer: tf.initializers.glorotUniform({ seed: ++seed }) });
  const convolution = (filters: number, shape?: object) =>
    tf.layers.conv2d({ filters, kernelSize: 3, activation: "relu", ...drawn(), ...shape });
  return [
    convolution(32, { inputShape: [28, 28, 1] }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    convolution(64),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 128, activation: "relu", ...drawn() }),
    tf.layers.dense({ units: 10, activation: "softmax", ...drawn() }),
  ];
}
