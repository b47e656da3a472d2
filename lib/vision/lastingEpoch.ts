import { recoverWebGpu } from "../compute/webgpu/startWebGpu";
import { seededRandom, type Random } from "../random";
import type { Tensors } from "./checkpoint";
import { runEpoch, type EpochPlan, type EpochResult } from "./runEpoch";
import { captureState, restoreState } from "./trainingState";

/** What an epoch begins with, and ends with. */
export interface Standing {
  /** The model's state and its average's, as in a checkpoint. */
  tensors: Tensors;
  /** The generator that orders the examples. */
  random: Random;
}

/** What to train, beside where it stands. */
export type LastingPlan = Omit<EpochPlan, "random"> & { seed: number; log: (line: string) => void };

/** Losses of the GPU after which an epoch is given up: what always ends it may be the epoch itself. */
const MOST_LOSSES = 3;

/**
 * Runs an epoch to its end; where the GPU is lost on the way, it begins again on another device, from where it stood.
 *
 * @returns null when it was stopped on the way
 * @throws what the epoch throws for another reason, when there is no other device, or after three losses
 * @internal
 */
export async function runLastingEpoch(
  plan: LastingPlan,
  { tensors, random }: Standing,
): Promise<(Standing & { result: EpochResult }) | null> {
  const { model, average, epoch, seed, log } = plan;
  const began = random.state();
  for (let losses = 1; ; losses++) {
    try {
      const result = await runEpoch({ ...plan, random });
      return result && { result, random, tensors: { ...(await captureState(model)), ...average?.capture() } };
    } catch (error) {
      if (losses > MOST_LOSSES || !(await recoverWebGpu())) throw error;
      log(`Epoch ${epoch} begins again, on another device.`);
      random = seededRandom(seed, began);
      restoreState(model, tensors);
      average?.restore(tensors);
    }
  }
}
