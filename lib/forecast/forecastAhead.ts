import * as tf from "@tensorflow/tfjs";
import { forecastWindows } from "./forecastWindows";

/**
 * Forecasts several rows: each forecast row is fed back in as if it had been seen, so errors add up with the distance.
 *
 * @param series - the known rows, [rows, columns], scaled as in training; the last `steps` of them are looked at
 * @param ahead - rows to forecast, default 4
 * @returns [ahead, columns], still scaled
 * @throws TypeError when the values do not fill whole rows, RangeError for too few rows or a distance that is none
 */
export function forecastAhead(model: tf.LayersModel, series: ArrayLike<number>, ahead = 4): Float32Array {
  const [, steps, columns] = model.inputs[0].shape as number[];
  if (series.length % columns !== 0)
    throw new TypeError(`forecastAhead(): ${series.length} values are not rows of ${columns}; pass them row after row`);
  if (series.length < steps * columns)
    throw new RangeError(
      `forecastAhead(): ${series.length / columns} known rows are too few; the model looks back on ${steps}`,
    );
  if (!Number.isInteger(ahead) || ahead < 1)
    throw new RangeError(`forecastAhead(): ${ahead} rows ahead cannot be; give a whole number from 1`);
  return forecastWindows(model, Float32Array.from(Array.from(series).slice(-steps * columns)), ahead);
}
