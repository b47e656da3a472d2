import type { TrainingInfo } from "./trainingInfo";

/**
 * An epoch in one line, with the parts, the order and the digits of Keras 3 (`verbose=2`): the time of the whole epoch, then
 * that of a training step, then the scores by name.
 */
export function epochLine(info: TrainingInfo): string {
  const { epoch, epochs, batches, msPerStep, loss, accuracy, valLoss, valAccuracy } = info;
  const { seconds = (batches * msPerStep) / 1000 } = info;
  const scores = { accuracy, loss, val_accuracy: valAccuracy, val_loss: valLoss };
  const parts = [
    `${batches}/${batches}`,
    `${seconds.toFixed(0)}s`,
    `${shortTime(msPerStep)}/step`,
    ...Object.entries(scores).flatMap(([name, value]) => (value === undefined ? [] : `${name}: ${digits(value)}`)),
  ];
  return `Epoch ${epoch}/${epochs}  ${parts.join(" - ")}${info.reused ? "  (from a checkpoint)" : ""}`;
}

function shortTime(milliseconds: number): string {
  if (milliseconds >= 1000 || milliseconds === 0) return `${(milliseconds / 1000).toFixed(0)}s`;
  return milliseconds >= 1 ? `${milliseconds.toFixed(0)}ms` : `${(milliseconds * 1000).toFixed(0)}us`;
}

/** Four digits after the point, or the exponent where these say nothing. */
function digits(value: number): string {
  if (Math.abs(value) > 1e-3) return value.toFixed(4);
  return value.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
}
