import { toClasses } from "./predict";

/**
 * The examples a classifier gets wrong with the highest probability for its wrong answer, the surest first.
 *
 * @param probabilities - [count, classes]
 * @param labels - the true class of each, [count]
 * @param most - how many to give at most, default 10
 * @returns the indices of the examples, none where there are no labels
 * @throws TypeError where the probabilities are not as many for each label
 */
export function surestMistakes(probabilities: Float32Array, labels: Uint8Array, most = 10): Int32Array {
  const classes = probabilities.length / labels.length;
  if (labels.length === 0 && probabilities.length === 0) return new Int32Array();
  if (!Number.isInteger(classes))
    throw new TypeError(
      `surestMistakes(): ${probabilities.length} probabilities for ${labels.length} labels; give one for each class of each`,
    );
  const predicted = toClasses(probabilities, classes);
  const sureness = (row: number) => probabilities[row * classes + predicted[row]];
  const mistakes = Array.from(labels.keys()).filter((row) => predicted[row] !== labels[row]);
  return Int32Array.from(mistakes.sort((a, b) => sureness(b) - sureness(a)).slice(0, most));
}
