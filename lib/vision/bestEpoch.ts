import type { Tensors } from "./checkpoint";
import type { EpochResult } from "./runEpoch";

/** The epoch that did best on the validation examples, and the state it left. */
export interface BestEpoch {
  epoch: number;
  valLoss: number;
  tensors: Tensors;
}

/**
 * The better of the best epoch so far and a new one: the lower validation loss, as Keras' EarlyStopping has it. Without
 * validation none is best.
 */
export function betterEpoch(
  best: BestEpoch | undefined,
  { epoch, valLoss = NaN }: EpochResult,
  tensors: Tensors,
): BestEpoch | undefined {
  return valLoss < (best?.valLoss ?? Infinity) ? { epoch, valLoss, tensors } : best;
}
