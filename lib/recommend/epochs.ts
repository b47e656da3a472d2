import { bprEpoch } from "./losses/bpr";
import { logisticEpoch } from "./losses/logistic";
import { warpEpoch } from "./losses/warp";
import { warpKosEpoch } from "./losses/warpKos";
import type { EpochResult, Pass, Task } from "./task";

/** A training that is under way. */
export interface Epochs {
  /** Runs one epoch; when it is done the task's factors hold the new numbers. */
  run(pass: Pass): EpochResult | Promise<EpochResult>;
  /** Lets go of what the training held. */
  close(): void;
}

/**
 * Opens a training of this task: the one place where the form of its inner loop is chosen. This is the teaching form,
 * one readable loop for each loss.
 */
export function openEpochs(task: Task): Epochs {
  return { run: (pass) => teachingEpoch(task, pass), close: () => undefined };
}

/** One epoch in the teaching form. */
export function teachingEpoch(task: Task, pass: Pass): EpochResult {
  return teachingForms[task.settings.loss](task, pass);
}

const teachingForms = { logistic: logisticEpoch, bpr: bprEpoch, warp: warpEpoch, "warp-kos": warpKosEpoch };
