import * as tf from "@tensorflow/tfjs";
import { compiled, fitProgram, labelledImages, setWeights, uniform, type Size, type ZooNet } from "./net";
import { seededRandom } from "../../lib/random";

const { layers } = tf;
const IMAGES = { size: { batch: 64, side: 28, width: 1 }, tiny: { batch: 4, side: 12, width: 1 / 8 } };
const COLOURS = { size: { batch: 64, side: 32, width: 1 }, tiny: { batch: 4, side: 16, width: 1 / 8 } };

const many = (filters: number, { width }: Size): number => Math.max(2, filters * width);

/** Original A, by plain `model.fit`. */
export const originalA: ZooNet = {
  ...IMAGES,
  size: { ...IMAGES.size, batch: 32 },
  title: "original A, plain model.fit",
  make(size) {
    const model = tf.sequential();
    model.add(layers.conv2d({ inputShape: [size.side, size.side, 1], filters: many(32, size), kernelSize: 3, activation: "relu" })); // prettier-ignore
    model.add(layers.maxPooling2d({ poolSize: 2 }));
    model.add(layers.conv2d({ filters: many(64, size), kernelSize: 3, activation: "relu" }));
    model.add(layers.maxPooling2d({ poolSize: 2 }));
    model.add(layers.flatten());
    model.add(layers.dense({ units: many(128, size), activation: "relu" }));
    model.add(layers.dense({ units: 10, activation: "softmax" }));
    return fitProgram(compiled(model), labelledImages(size), size);
  },
};

/** Pairs of convolutions, each batch-normalised before relu; dropout after every pooling. */
export const batchNormCnn: ZooNet = {
  ...IMAGES,
  title: "batch-normalised CNN with dropout",
  make(size) {
    const input = tf.input({ shape: [size.side, size.side, 1] });
    const block = (x: tf.SymbolicTensor, filters: number) => {
      for (let i = 0; i < 2; i++) {
        x = layers.conv2d({ filters: many(filters, size), kernelSize: 3, padding: "same", useBias: false }).apply(x) as tf.SymbolicTensor; // prettier-ignore
        x = layers.batchNormalization().apply(x) as tf.SymbolicTensor;
        x = layers.reLU().apply(x) as tf.SymbolicTensor;
      }
      x = layers.maxPooling2d({ poolSize: 2 }).apply(x) as tf.SymbolicTensor;
      return layers.dropout({ rate: 0.25, seed: 3 }).apply(x) as tf.SymbolicTensor;
    };
    let x = block(block(input, 32), 64);
    x = layers.flatten().apply(x) as tf.SymbolicTensor;
    x = layers.dense({ units: many(128, size), activation: "relu" }).apply(x) as tf.SymbolicTensor;
    x = layers.dropout({ rate: 0.5, seed: 4 }).apply(x) as tf.SymbolicTensor;
    x = layers.dense({ units: 10, activation: "softmax" }).apply(x) as tf.SymbolicTensor;
    return fitProgram(compiled(tf.model({ inputs: input, outputs: x })), labelledImages(size), size);
  },
};

/** Three stages of two residual blocks, for small colour images (He et al., 2016). */
export const residual: ZooNet = {
  ...COLOURS,
  title: "residual net",
  make(size) {
    const input = tf.input({ shape: [size.side, size.side, 3] });
    const convolve = (x: tf.SymbolicTensor, filters: number, { strides = 1, kernelSize = 3 } = {}) => {
      const convolution = layers.conv2d({ filters, kernelSize, strides, padding: "same", useBias: false });
      return layers.batchNormalization().apply(convolution.apply(x)) as tf.SymbolicTensor;
    };
    const relu = (x: tf.SymbolicTensor) => layers.activation({ activation: "relu" }).apply(x) as tf.SymbolicTensor;
    const block = (x: tf.SymbolicTensor, filters: number, strides: number) => {
      const inner = convolve(relu(convolve(x, filters, { strides })), filters);
      const same = strides === 1 && x.shape[3] === filters;
      const outer = same ? x : convolve(x, filters, { strides, kernelSize: 1 });
      return relu(layers.add().apply([inner, outer]) as tf.SymbolicTensor);
    };
    let x = relu(convolve(input, many(16, size)));
    for (const [filters, strides] of [[16, 1], [16, 1], [32, 2], [32, 1], [64, 2], [64, 1]]) x = block(x, many(filters, size), strides); // prettier-ignore
    x = layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
    x = layers.dense({ units: 10, activation: "softmax" }).apply(x) as tf.SymbolicTensor;
    return fitProgram(compiled(tf.model({ inputs: input, outputs: x })), labelledImages(size, 3), size);
  },
};

/** Depthwise convolutions and 1 x 1 ones, each batch-normalised, relu6 (Howard et al., 2017). */
export const mobileNet: ZooNet = {
  ...COLOURS,
  title: "MobileNet-like",
  make(size) {
    const model = tf.sequential();
    const normed = () => {
      model.add(layers.batchNormalization());
      model.add(layers.reLU({ maxValue: 6 }));
    };
    model.add(layers.conv2d({ inputShape: [size.side, size.side, 3], filters: many(32, size), kernelSize: 3, padding: "same", useBias: false })); // prettier-ignore
    normed();
    for (const [filters, strides] of [
      [64, 1],
      [128, 2],
      [128, 1],
      [256, 2],
    ]) {
      model.add(layers.depthwiseConv2d({ kernelSize: 3, strides, padding: "same", useBias: false }));
      normed();
      model.add(layers.conv2d({ filters: many(filters, size), kernelSize: 1, useBias: false }));
      normed();
    }
    model.add(layers.globalAveragePooling2d({}));
    model.add(layers.dense({ units: 10, activation: "softmax" }));
    return fitProgram(compiled(model), labelledImages(size, 3), size);
  },
};

/** Separable convolutions with bias and relu, pooled. */
export const separable: ZooNet = {
  ...IMAGES,
  title: "separable convolutions",
  make(size) {
    const model = tf.sequential();
    model.add(layers.conv2d({ inputShape: [size.side, size.side, 1], filters: many(32, size), kernelSize: 3, padding: "same", activation: "relu" })); // prettier-ignore
    for (const filters of [64, 128]) {
      model.add(layers.separableConv2d({ filters: many(filters, size), kernelSize: 3, padding: "same", activation: "relu" })); // prettier-ignore
      model.add(layers.maxPooling2d({ poolSize: 2 }));
    }
    model.add(layers.globalAveragePooling2d({}));
    model.add(layers.dense({ units: 10, activation: "softmax" }));
    return fitProgram(compiled(model), labelledImages(size), size);
  },
};

/** Down by strides, up by transposed convolutions, the picture itself as the target. */
export const autoencoder: ZooNet = {
  ...IMAGES,
  title: "transposed-convolution autoencoder",
  make(size) {
    const model = tf.sequential();
    const same = { kernelSize: 3, padding: "same", activation: "relu" } as const;
    model.add(layers.conv2d({ ...same, inputShape: [size.side, size.side, 1], filters: many(32, size), strides: 2 }));
    model.add(layers.conv2d({ ...same, filters: many(64, size), strides: 2 }));
    model.add(layers.conv2dTranspose({ ...same, filters: many(64, size), strides: 2 }));
    model.add(layers.conv2dTranspose({ ...same, filters: many(32, size), strides: 2 }));
    model.add(layers.conv2d({ ...same, filters: 1, activation: "sigmoid" }));
    const draw = (count: number) => {
      const x = uniform([count, size.side, size.side, 1], seededRandom(1));
      return { x, y: x.clone() };
    };
    return fitProgram(compiled(model, "binaryCrossentropy"), draw, size);
  },
};

/** Down and up again with upsampling, each level joined to its likeness (Ronneberger et al., 2015). */
export const uNet: ZooNet = {
  title: "U-Net",
  size: { batch: 16, side: 64, width: 1 },
  tiny: { batch: 2, side: 16, width: 1 / 8 },
  make(size) {
    const input = tf.input({ shape: [size.side, size.side, 3] });
    const pair = (x: tf.SymbolicTensor, filters: number) => {
      for (let i = 0; i < 2; i++) x = layers.conv2d({ filters: many(filters, size), kernelSize: 3, padding: "same", activation: "relu" }).apply(x) as tf.SymbolicTensor; // prettier-ignore
      return x;
    };
    const down = (x: tf.SymbolicTensor) => layers.maxPooling2d({ poolSize: 2 }).apply(x) as tf.SymbolicTensor;
    const up = (x: tf.SymbolicTensor, beside: tf.SymbolicTensor) => {
      const larger = layers.upSampling2d({ size: [2, 2] }).apply(x) as tf.SymbolicTensor;
      return layers.concatenate().apply([larger, beside]) as tf.SymbolicTensor;
    };
    const first = pair(input, 16);
    const second = pair(down(first), 32);
    const third = pair(down(second), 64);
    const output = pair(up(pair(up(third, second), 32), first), 16);
    const mask = layers.conv2d({ filters: 1, kernelSize: 1, activation: "sigmoid" }).apply(output) as tf.SymbolicTensor;
    const draw = (count: number) => {
      const random = seededRandom(1);
      const x = uniform([count, size.side, size.side, 3], random);
      return { x, y: tf.tidy(() => tf.cast(tf.greater(uniform([count, size.side, size.side, 1], random), 0.5), "float32")) }; // prettier-ignore
    };
    return fitProgram(compiled(tf.model({ inputs: input, outputs: mask }), "binaryCrossentropy"), draw, size);
  },
};

/** A trained base that stays as it is, and a head that learns. */
export const transfer: ZooNet = {
  ...COLOURS,
  title: "transfer learning, frozen layers",
  make(size) {
    const base = tf.sequential();
    const same = { kernelSize: 3, padding: "same", activation: "relu" } as const;
    base.add(layers.conv2d({ ...same, inputShape: [size.side, size.side, 3], filters: many(32, size) }));
    base.add(layers.maxPooling2d({ poolSize: 2 }));
    base.add(layers.conv2d({ ...same, filters: many(64, size) }));
    base.add(layers.maxPooling2d({ poolSize: 2 }));
    base.add(layers.conv2d({ ...same, filters: many(128, size) }));
    base.add(layers.globalAveragePooling2d({}));
    base.trainable = false;
    setWeights(base);
    const model = tf.sequential();
    model.add(base);
    model.add(layers.dense({ units: many(64, size), activation: "relu" }));
    model.add(layers.dropout({ rate: 0.3, seed: 5 }));
    model.add(layers.dense({ units: 10, activation: "softmax" }));
    return fitProgram(compiled(model), labelledImages(size, 3), size);
  },
};
