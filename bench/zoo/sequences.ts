import * as tf from "@tensorflow/tfjs";
import { seededRandom } from "../../lib/random";
import { compiled, fitProgram, uniform, wholeNumbers, type Examples, type Size, type ZooNet } from "./net";

const { layers } = tf;
const ROWS = { size: { batch: 64, side: 28, width: 1 }, tiny: { batch: 4, side: 6, width: 1 / 8 } };
const TEXT = { size: { batch: 64, side: 80, width: 1 }, tiny: { batch: 4, side: 8, width: 1 / 8 } };
const WORDS = 10_000;

/** Different words, the padding among them. */
const wordsOf = ({ width }: Size): number => WORDS * width;
const wide = (units: number, { width }: Size): number => Math.max(2, units * width);

function rows({ side }: Size): (count: number) => Examples {
  return (count) => {
    const random = seededRandom(1);
    return { x: uniform([count, side, side], random), y: wholeNumbers([count, 1], 10, random) };
  };
}

/** Texts of `size.side` words with one of two labels; padded with zeros at the end where they are `padded`. */
function texts(size: Size, { padded = false } = {}): (count: number) => Examples {
  const { side } = size;
  return (count) => {
    const random = seededRandom(1);
    const words = new Float32Array(count * side);
    for (let row = 0; row < count; row++) {
      const length = padded ? 1 + Math.floor(random.uniform() * side) : side;
      for (let i = 0; i < length; i++) words[row * side + i] = 1 + Math.floor(random.uniform() * (wordsOf(size) - 1));
    }
    return { x: tf.tensor2d(words, [count, side]), y: wholeNumbers([count, 1], 2, random) };
  };
}

function onRows(title: string, add: (model: tf.Sequential, size: Size) => void): ZooNet {
  return {
    ...ROWS,
    title,
    make(size) {
      const model = tf.sequential();
      add(model, size);
      model.add(layers.dense({ units: 10, activation: "softmax" }));
      return fitProgram(compiled(model), rows(size), size);
    },
  };
}

/** An image row by row. */
export const lstm = onRows("LSTM on rows", (model, size) =>
  model.add(
    layers.lstm({ inputShape: [size.side, size.side], units: wide(128, size), recurrentActivation: "sigmoid" }),
  ),
);

export const gru = onRows("GRU on rows", (model, size) =>
  model.add(layers.gru({ inputShape: [size.side, size.side], units: wide(128, size), recurrentActivation: "sigmoid" })),
);

export const bidirectional = onRows("two bidirectional LSTMs", (model, size) => {
  const both = (units: number, more: object) =>
    layers.lstm({ units: wide(units, size), recurrentActivation: "sigmoid", ...more }) as tf.RNN;
  model.add(layers.bidirectional({ layer: both(64, { returnSequences: true }), inputShape: [size.side, size.side] }));
  model.add(layers.bidirectional({ layer: both(64, {}) }));
});

/** Words, convolved and pooled (Kim, 2014). */
export const convolvedText: ZooNet = {
  ...TEXT,
  title: "Conv1D text",
  make(size) {
    const model = tf.sequential();
    model.add(layers.embedding({ inputDim: wordsOf(size), outputDim: wide(64, size), inputLength: size.side }));
    model.add(layers.conv1d({ filters: wide(128, size), kernelSize: 5, activation: "relu" }));
    model.add(layers.globalMaxPooling1d({}));
    model.add(layers.dense({ units: wide(64, size), activation: "relu" }));
    model.add(layers.dropout({ rate: 0.5, seed: 8 }));
    model.add(layers.dense({ units: 1, activation: "sigmoid" }));
    return fitProgram(compiled(model, "binaryCrossentropy"), texts(size), size);
  },
};

/** Texts of different lengths, what is padded left aside. */
export const maskedLstm: ZooNet = {
  ...TEXT,
  title: "masked LSTM",
  make(size) {
    const model = tf.sequential();
    model.add(
      layers.embedding({ inputDim: wordsOf(size), outputDim: wide(64, size), inputLength: size.side, maskZero: true }),
    );
    model.add(layers.lstm({ units: wide(64, size), recurrentActivation: "sigmoid" }));
    model.add(layers.dense({ units: 1, activation: "sigmoid" }));
    return fitProgram(compiled(model, "binaryCrossentropy"), texts(size, { padded: true }), size);
  },
};

/** The mean of the words. */
export const embeddedText: ZooNet = {
  ...TEXT,
  title: "embedding text",
  make(size) {
    const model = tf.sequential();
    model.add(layers.embedding({ inputDim: wordsOf(size), outputDim: wide(64, size), inputLength: size.side }));
    model.add(layers.globalAveragePooling1d({}));
    model.add(layers.dense({ units: wide(64, size), activation: "relu" }));
    model.add(layers.dense({ units: 1, activation: "sigmoid" }));
    return fitProgram(compiled(model, "binaryCrossentropy"), texts(size), size);
  },
};

/** Short films. */
export const convLstm: ZooNet = {
  title: "convolutional LSTM",
  size: { batch: 8, side: 32, width: 1 },
  tiny: { batch: 2, side: 8, width: 1 / 8 },
  make(size) {
    const model = tf.sequential();
    const shape = [8, size.side, size.side, 1];
    model.add(
      layers.convLstm2d({
        inputShape: shape,
        filters: wide(16, size),
        kernelSize: 3,
        padding: "same",
        recurrentActivation: "sigmoid",
      }),
    );
    model.add(layers.globalAveragePooling2d({}));
    model.add(layers.dense({ units: 10, activation: "softmax" }));
    const draw = (count: number) => {
      const random = seededRandom(1);
      return { x: uniform([count, ...shape], random), y: wholeNumbers([count, 1], 10, random) };
    };
    return fitProgram(compiled(model), draw, size);
  },
};

export const mlp: ZooNet = {
  ...ROWS,
  title: "MLP",
  make(size) {
    const model = tf.sequential();
    model.add(layers.flatten({ inputShape: [size.side, size.side] }));
    model.add(layers.dense({ units: wide(512, size), activation: "relu" }));
    model.add(layers.dropout({ rate: 0.2, seed: 9 }));
    model.add(layers.dense({ units: wide(256, size), activation: "relu" }));
    model.add(layers.dropout({ rate: 0.2, seed: 10 }));
    model.add(layers.dense({ units: 10, activation: "softmax" }));
    return fitProgram(compiled(model), rows(size), size);
  },
};
