import * as tf from "@tensorflow/tfjs";
import { seededRandom } from "../random";
import { orthogonal } from "./orthogonal";

/** The shape of a forecaster. */
export interface LstmOptions {
  /** Rows it looks back on, default 3. */
  steps?: number;
  /** Values in a row; default 2. */
  columns?: number;
  /** Values that it foretells; default `columns`, the next row. With the targets of `directWindows`: their number. */
  outputs?: number;
  /** Units of the LSTM, default 50. */
  units?: number;
  /** Of the LSTM's cell, default relu as in the original; tanh is what keeps a longer memory bounded. */
  activation?: "relu" | "tanh";
  /** Seeds the initial weights, default 42. */
  seed?: number;
}

/**
 * An LSTM (Hochreiter and Schmidhuber, 1997) and a dense layer that foretell the next row of a series, or several of its
 * values at once (a direct forecast); Adam and the mean squared error are what it is compiled with. Weights start as Keras' do.
 * Takes windows [batch, steps, columns] and gives rows [batch, outputs].
 */
export function buildLstm(options: LstmOptions = {}): tf.Sequential {
  const { steps = 3, columns = 2, outputs = columns, units = 50, activation = "relu", seed = 42 } = options;
  const glorot = (layer: number) => tf.initializers.glorotUniform({ seed: seed * 1000 + layer });
  const recurrent = tf.layers.lstm({
    units,
    activation,
    recurrentActivation: "sigmoid", // Keras' default; TensorFlow.js' own is hardSigmoid
    kernelInitializer: glorot(0),
    recurrentInitializer: "zeros",
    unitForgetBias: true, // Keras' default (Jozefowicz, Zaremba and Sutskever, 2015); TensorFlow.js has none
    inputShape: [steps, columns],
    name: "lstm",
  });
  const dense = tf.layers.dense({ units: outputs, kernelInitializer: glorot(1), name: "next_row" });
  const model = tf.sequential({ name: "lstm-forecaster", layers: [recurrent, dense] });
  const [kernel, , bias] = recurrent.getWeights();
  const rotation = tf.tensor2d(orthogonal(seededRandom(seed), units, 4 * units), [units, 4 * units]);
  recurrent.setWeights([kernel, rotation, bias]);
  rotation.dispose();
  model.compile({ optimizer: tf.train.adam(), loss: "meanSquaredError" });
  return model;
}
