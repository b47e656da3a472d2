import * as tf from "@tensorflow/tfjs";

/**
 * What a forecaster makes of each window.
 *
 * @param inputs - [count, steps, columns]
 * @returns what it expects after each: the next row, [count, columns], or [count, outputs]
 */
export function predictRows(model: tf.LayersModel, inputs: Float32Array): Float32Array {
  const [, steps, columns] = model.inputs[0].shape as number[];
  const count = inputs.length / (steps * columns);
  if (!Number.isInteger(count) || count < 1)
    throw new TypeError(
      `predictRows(): ${inputs.length} values are not windows of ${steps} x ${columns}; cut them with slidingWindows()`,
    );
  return tf.tidy(() => {
    const output = model.predictOnBatch(tf.tensor3d(inputs, [count, steps, columns])) as tf.Tensor;
    return output.dataSync() as Float32Array;
  });
}
