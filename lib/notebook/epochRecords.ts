import type { RecordedValue } from "./appendRecords";
import type { TrainingState } from "./trainingInfo";

const MOST = 10_000; // epochs

/**
 * The scores of a training as values to record, each a list with a number for each epoch, in the seven digits that 32 bits
 * hold. A score that is missing in an epoch is left out; one that stops being finite ends there. More than 10,000 epochs
 * are not recorded: they would make the notebook large.
 *
 * @param label - stands before each name where it is given, as in "Training the net/loss"
 */
export function epochRecords(epochs: readonly TrainingState[], label?: string): RecordedValue[] {
  if (epochs.length > MOST) return [];
  return Object.keys(epochs[0]?.scores ?? {}).flatMap((name) => {
    const values = epochs.map(({ scores }) => scores[name]);
    if (values.includes(undefined as never)) return [];
    const end = values.findIndex((value) => !Number.isFinite(value));
    const finite = values.slice(0, end < 0 ? undefined : end).map((value) => Number(value.toPrecision(7)));
    return finite.length > 0 ? [{ name: label === undefined ? name : `${label}/${name}`, value: finite }] : [];
  });
}
