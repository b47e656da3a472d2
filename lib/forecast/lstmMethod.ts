import * as tf from "@tensorflow/tfjs";
import { directWindows } from "../data/directWindows";
import { slidingWindows, type Windows } from "../data/windows";
import { forecastWindows } from "./forecastWindows";
import { buildLstm } from "./lstm";
import { predictRows } from "./predictRows";
import { trainForecaster } from "./trainForecaster";
import type { FitMethod } from "./walkForward";
import { windowMethod, type WindowLearner } from "./windowMethod";

/** How an LSTM forecasts, and how it is trained. */
export interface LstmMethodOptions {
  /** "direct" gives all periods at once; "iterated" the next one, which it then takes for known; default "direct". */
  kind?: "direct" | "iterated";
  /** Periods it looks back on, default 12. */
  steps?: number;
  /** Periods in each forecast, default 4. */
  ahead?: number;
  /** Units of the LSTM, default 24. */
  units?: number;
  /** Of Adam, default 0.01. */
  learningRate?: number;
  /** Epochs at most, default 200. */
  epochs?: number;
  /** Ends the training after this many epochs without a smaller error on the validation, default 20. */
  patience?: number;
  /** Seeds the weights and the order of the windows, default 42. */
  seed?: number;
  /** Called with the errors of each epoch, on the training and on the validation. */
  onEpoch?: (epoch: number, loss: number, validationLoss?: number) => void;
}

/** The share of the windows, the latest ones, on which the training is stopped. */
const VALIDATION = 0.15;

/**
 * A forecast by an LSTM on what sales do beyond trend, season and promotions, and on the mentions where they are known. In
 * each fit it starts anew and is stopped by the last 15 % of the training's windows.
 */
export function lstmMethod(options: LstmMethodOptions = {}): FitMethod {
  const {
    kind = "direct",
    steps = 12,
    ahead = 4,
    units = 24,
    epochs = 200,
    patience = 20,
    seed = 42,
    onEpoch,
  } = options;
  const { learningRate = 0.01 } = options;
  const learn: WindowLearner = async (rows, { columns }) => {
    const direct = kind === "direct";
    const windows = direct ? directWindows(rows, columns, { steps, ahead }) : slidingWindows(rows, columns, { steps });
    const outputs = direct ? ahead : columns;
    const model = buildLstm({ steps, columns, outputs, units, activation: "tanh", seed });
    model.compile({ optimizer: tf.train.adam(learningRate), loss: "meanSquaredError" });
    const [training, validation] = splitWindows(windows, VALIDATION);
    await trainForecaster(model, training, { epochs, seed, validation, patience, onEpoch });
    return (window, reach) => {
      const input = Float32Array.from(window);
      if (direct) return predictRows(model, input);
      return forecastWindows(model, input, reach).filter((_, i) => i % columns === 0);
    };
  };
  return windowMethod(learn, { steps, ahead });
}

/** The windows without the last share of them, and these. Each part has one at least. */
function splitWindows(windows: Windows, share: number): [Windows, Windows] {
  const { count, steps, columns, outputs = columns } = windows;
  const cut = Math.max(1, Math.min(count - 1, Math.round(count * (1 - share))));
  const part = (from: number, to: number) => ({
    ...windows,
    inputs: windows.inputs.slice(from * steps * columns, to * steps * columns),
    targets: windows.targets.slice(from * outputs, to * outputs),
    count: to - from,
  });
  return [part(0, cut), part(cut, count)];
}
