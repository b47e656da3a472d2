import type { RowState } from "../../runSweep";

/** What is known while rows are followed. */
export interface Watched {
  /** The rows that have not ended. */
  open: Set<RowState>;
  /** The numbers of the arrays that were submitted here. */
  own: Set<number>;
  /** Tasks that were asked to end, and how many times. */
  asked: Map<string, number>;
  /** When a row's task was first seen to have ended well without a report that is to be seen here, in ms since 1970. */
  unseen: Map<RowState, number>;
  /** The reasons to wait that were told. */
  reasons: Set<string>;
  /** Whether Slurm did not answer last time. */
  isAway: boolean;
}

/** What is known at first. */
export function newWatched(states: readonly RowState[]): Watched {
  const open = new Set(states.filter(({ status }) => status === "waiting"));
  return { open, own: new Set(), asked: new Map(), unseen: new Map(), reasons: new Set(), isAway: false };
}
