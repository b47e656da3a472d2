/** What a step of the optimizer came to: means over its examples, before the step. */
export interface StepResult {
  loss: number;
  accuracy: number;
}

/** A batch's logits [count, classes], its labels [count], and where the logits' gradient goes. */
interface Batch {
  logits: Float32Array;
  labels: Int32Array;
  gradient: Float32Array;
}

/**
 * The mean cross-entropy of the softmax of logits, the share whose largest logit, the first of equals, is the label's,
 * and the gradient (p - y) / count. In double precision: a batch has few classes.
 */
export function softmaxCrossEntropy({ logits, labels, gradient }: Batch): StepResult {
  const count = labels.length;
  const classes = logits.length / count;
  let loss = 0;
  let right = 0;
  for (let row = 0; row < count; row++) {
    const start = row * classes;
    if (!(labels[row] >= 0 && labels[row] < classes))
      throw new RangeError(`a label is ${labels[row]}; with ${classes} classes they go from 0 to ${classes - 1}`);
    let best = start;
    for (let i = start + 1; i < start + classes; i++) if (logits[i] > logits[best]) best = i;
    const largest = logits[best];
    let sum = 0;
    for (let i = start; i < start + classes; i++) sum += Math.exp(logits[i] - largest);
    for (let i = start; i < start + classes; i++) gradient[i] = Math.exp(logits[i] - largest) / sum / count;
    gradient[start + labels[row]] -= 1 / count;
    loss += Math.log(sum) + largest - logits[start + labels[row]];
    if (best === start + labels[row]) right++;
  }
  return { loss: loss / count, accuracy: right / count };
}
