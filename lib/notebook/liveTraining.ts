import type { EndInfo, TrainingInfo, TrainingState } from "./trainingInfo";
import { newTrainingView, type LiveTrainingOptions } from "./trainingView";

/** The callbacks that show a training while it runs; hand them to `train`. */
export interface LiveTraining {
  /** Takes what is known after a batch. */
  onBatch(info: TrainingInfo): void;
  /** Takes what is known after an epoch. */
  onEpoch(info: TrainingInfo): void;
  /** Leaves the display tidy, also where the training was stopped; without it the last epoch does so. */
  done(end?: EndInfo): void;
}

/**
 * Callbacks for `train`: one display with curves, progress and the time left, redrawn in place a few times a second, and
 * one line of text after each epoch. In the end the curves stay as a still picture, and the scores of all epochs are
 * recorded for the report of the run: "loss", "accuracy", "val_loss" and "val_accuracy", behind the label and a slash where
 * there is a label. For `model.fit` there is `liveCallback`.
 */
export function liveTraining(options: LiveTrainingOptions = {}): LiveTraining {
  const view = newTrainingView({ ...options, leaves: "picture" });
  return {
    onBatch: (info) => view.onBatch(toState(info)),
    onEpoch: (info) => view.onEpoch(toState(info)),
    done: ({ stopped, keptEpoch }: EndInfo = { stopped: false }) =>
      view.done({ stopped, note: keptEpoch === undefined ? "" : `the weights of epoch ${keptEpoch} are kept` }),
  };
}

function toState({ loss, accuracy, valLoss, valAccuracy, ...place }: TrainingInfo): TrainingState {
  const scores = { loss, accuracy, val_loss: valLoss, val_accuracy: valAccuracy };
  const given = Object.entries(scores).filter((score): score is [string, number] => score[1] !== undefined);
  return { ...place, scores: Object.fromEntries(given) };
}
