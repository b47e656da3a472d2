import type { Coo } from "./coo";
import { openFastEpochs } from "./fast/fastEpochs";
import { copyFactors, findInfinite, nameInfinite, restoreFactors } from "./factors";
import type { Form } from "./form";
import { isInteractionFile } from "./interactionBlocks";
import type { InteractionFile } from "./interactionFile";
import { bprEpoch } from "./losses/bpr";
import { logisticEpoch } from "./losses/logistic";
import { warpEpoch } from "./losses/warp";
import { warpKosEpoch } from "./losses/warpKos";
import { drawPass } from "./pass";
import type { EpochResult, Epochs, Pass, Task } from "./task";

/**
 * Opens a training of this task: the one place where the form of its inner loop is chosen.
 *
 * @throws Error when the fast form is not compiled
 */
export function openEpochs(task: Task<Coo | InteractionFile>, { form, threads }: Form): Epochs {
  if (form === "fast" || !isInMemory(task)) return openFastEpochs(task, threads);
  return openTeachingEpochs(task);
}

/** Whether the teaching form can learn it; for a file it is refused before. */
function isInMemory(task: Task<Coo | InteractionFile>): task is Task {
  return !isInteractionFile(task.interactions);
}

function openTeachingEpochs(task: Task): Epochs {
  const { items, users } = task;
  const kept = { items: copyFactors(items), users: copyFactors(users) };
  return {
    run(random) {
      restoreFactors(kept.items, items);
      restoreFactors(kept.users, users);
      const result = teachingEpoch(task, drawPass(task, random));
      const diverged = nameInfinite(findInfinite(items), findInfinite(users));
      if (!diverged) return result;
      restoreFactors(items, kept.items);
      restoreFactors(users, kept.users);
      return { ...result, diverged };
    },
    close: () => undefined,
  };
}

/** One epoch in the teaching form: one readable loop for each loss. */
export function teachingEpoch(task: Task, pass: Pass): EpochResult {
  return teachingForms[task.settings.loss](task, pass);
}

const teachingForms = { logistic: logisticEpoch, bpr: bprEpoch, warp: warpEpoch, "warp-kos": warpKosEpoch };
