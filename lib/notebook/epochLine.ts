import type { TrainingState } from "./trainingInfo";

/**
 * An epoch in one line, with the parts, the order and the digits of Keras 3 (`verbose=2`): the time of the whole epoch, then
 * that of a training step, then the scores by name.
 */
export function epochLine(state: TrainingState): string {
  const { epoch, epochs, batch, batches = batch, msPerStep } = state;
  const { seconds = (batches * msPerStep) / 1000 } = state;
  const parts = [
    `${batch}/${batches}`,
    `${seconds.toFixed(0)}s`,
    `${shortTime(msPerStep)}/step`,
    ...sortedScores(state).map(([name, value]) => `${name}: ${digits(value)}`),
  ];
  return `Epoch ${epoch}/${epochs}  ${parts.join(" - ")}${state.reused ? "  (from a checkpoint)" : ""}`;
}

/** The scores as Keras 3 orders them, by name. */
export function sortedScores({ scores }: TrainingState): [string, number][] {
  return Object.entries(scores).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The time of a step as Keras writes it: "2s", "40ms", "350us". */
export function shortTime(milliseconds: number): string {
  if (milliseconds >= 1000 || milliseconds === 0) return `${(milliseconds / 1000).toFixed(0)}s`;
  return milliseconds >= 1 ? `${milliseconds.toFixed(0)}ms` : `${(milliseconds * 1000).toFixed(0)}us`;
}

/** Four digits after the point, or the exponent where these say nothing. */
function digits(value: number): string {
  if (Math.abs(value) > 1e-3) return value.toFixed(4);
  return value.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
}
