import { copyFactors, restoreFactors, type Factors } from "./factors";
import { checkPositiveInteger } from "./settings";

/** When a training no longer gets better. */
export interface EarlyStopping {
  /**
   * The number that is to get better, asked after every epoch, such as `() => auc(model, validation).mean`. Default:
   * the epoch's loss.
   */
  monitor?: (info: { loss: number; violationRate: number; epoch: number }) => number | Promise<number>;
  /** Whether a "lower" or a "higher" number is better. Default "lower". */
  goal?: "lower" | "higher";
  /** Epochs without a better number after which training ends. Default 3. */
  patience?: number;
  /** A number is better only by more than this. Default 0. */
  minDelta?: number;
  /** Whether to go back to the numbers of the best epoch in the end. Default true. */
  keepBest?: boolean;
}

/** Keeps count of epochs without an improvement. */
export interface Patience {
  /** Whether training is to end after this epoch. */
  isOver(info: { loss: number; violationRate: number; epoch: number }): Promise<boolean>;
  /** Puts the best epoch's numbers back, and says whether it did. */
  restoreBest(): boolean;
}

/**
 * Throws a RangeError for options that cannot be.
 *
 * @internal
 */
export function checkEarlyStopping({ patience = 3, minDelta = 0 }: EarlyStopping): void {
  checkPositiveInteger(patience, "earlyStopping: patience");
  if (!(minDelta >= 0)) throw new RangeError(`earlyStopping: minDelta ${minDelta} is not a number of 0 or more`);
}

/**
 * @param factors - what is being learned
 * @throws RangeError for a monitor that is not a number
 * @internal
 */
export function patienceOf(
  { monitor = ({ loss }) => loss, goal = "lower", patience = 3, minDelta = 0, keepBest = true }: EarlyStopping,
  { items, users }: { items: Factors; users: Factors },
): Patience {
  let best = Infinity;
  let waited = 0;
  let kept: { items: Factors; users: Factors } | undefined;
  return {
    async isOver(info) {
      const value = await monitor(info);
      if (!Number.isFinite(value))
        throw new RangeError(`earlyStopping: monitor gave ${value} after epoch ${info.epoch}; wanted a finite number`);
      const cost = goal === "lower" ? value : -value;
      waited = cost < best - minDelta ? 0 : waited + 1;
      if (waited === 0) {
        best = cost;
        if (keepBest) kept = { items: copyFactors(items), users: copyFactors(users) };
      }
      return waited >= patience;
    },
    restoreBest() {
      if (!kept || waited === 0) return false;
      restoreFactors(items, kept.items);
      restoreFactors(users, kept.users);
      return true;
    },
  };
}
