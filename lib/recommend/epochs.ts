import { openFastEpochs } from "./fast/fastEpochs";
import type { Form } from "./form";
import { bprEpoch } from "./losses/bpr";
import { logisticEpoch } from "./losses/logistic";
import { warpEpoch } from "./losses/warp";
import { warpKosEpoch } from "./losses/warpKos";
import type { EpochResult, Epochs, Pass, Task } from "./task";

/**
 * Opens a training of this task: the one place where the form of its inner loop is chosen.
 *
 * @throws Error when the fast form is not compiled
 */
export function openEpochs(task: Task, { form, threads }: Form): Epochs {
  if (form === "fast") return openFastEpochs(task, threads);
  return { run: (pass) => teachingEpoch(task, pass), close: () => undefined };
}

/** One epoch in the teaching form: one readable loop for each loss. */
export function teachingEpoch(task: Task, pass: Pass): EpochResult {
  return teachingForms[task.settings.loss](task, pass);
}

const teachingForms = { logistic: logisticEpoch, bpr: bprEpoch, warp: warpEpoch, "warp-kos": warpKosEpoch };
