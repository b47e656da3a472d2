import * as tf from "@tensorflow/tfjs";
import { predictRows } from "./predictRows";

/**
 * Forecasts several rows after each of many windows at once: each forecast row is fed back in as if it had been seen.
 *
 * @param inputs - [count, steps, columns], scaled as in training
 * @param ahead - rows to forecast, default 4
 * @returns [count, ahead, columns], still scaled
 * @throws TypeError when the values do not fill whole windows, RangeError for a number of rows that cannot be
 */
export function forecastWindows(model: tf.LayersModel, inputs: Float32Array, ahead = 4): Float32Array {
  if (!Number.isInteger(ahead) || ahead < 1)
    throw new RangeError(`forecastWindows(): ahead ${ahead} is not an integer of 1 or more`);
  const [, steps, columns] = model.inputs[0].shape as number[];
  const size = steps * columns;
  const count = inputs.length / size;
  const seen = Float32Array.from(inputs);
  const forecast = new Float32Array(count * ahead * columns);
  for (let row = 0; row < ahead; row++) {
    const next = predictRows(model, seen); // [count, columns]
    for (let window = 0; window < count; window++) {
      const values = next.subarray(window * columns, (window + 1) * columns);
      forecast.set(values, (window * ahead + row) * columns);
      seen.copyWithin(window * size, window * size + columns, (window + 1) * size);
      seen.set(values, (window + 1) * size - columns);
    }
  }
  return forecast;
}
