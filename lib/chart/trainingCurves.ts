import type { Figure } from "./figure";
import { scoreCurves } from "./scoreCurves";

/** One value an epoch. */
export interface TrainingHistory {
  loss: number[];
  accuracy: number[];
  valLoss?: number[];
  valAccuracy?: number[];
}

/** Loss and accuracy after each epoch in two panels, training and (where given) validation. */
export function trainingCurves(history: TrainingHistory, { title = "Training history" } = {}): Figure {
  const { loss, accuracy, valLoss, valAccuracy } = history;
  const panels = [
    { heading: "Loss", training: loss, validation: valLoss },
    { heading: "Accuracy", training: accuracy, validation: valAccuracy },
  ];
  return scoreCurves(panels, { title });
}
