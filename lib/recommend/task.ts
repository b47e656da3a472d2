import type { Random } from "../random";
import type { Coo } from "./coo";
import type { Csr, SparsePattern } from "./csr";
import type { Factors } from "./factors";
import type { InteractionFile } from "./interactionFile";
import type { Settings } from "./settings";

/** All that a training reads and writes. The arrays of the factors are changed in place. */
export interface Task<Source extends Coo | InteractionFile = Coo> {
  readonly settings: Settings;
  readonly items: Factors;
  readonly users: Factors;
  /** Shape [items, item features]. */
  readonly itemFeatures: Csr;
  /** Shape [users, user features]. */
  readonly userFeatures: Csr;
  /** The pairs to learn from, users in rows and items in columns. */
  readonly interactions: Source;
  /** By user, the items never to be taken for negatives. */
  readonly chosen: SparsePattern;
  /** How much each interaction counts, shape [entries]; empty for a file, where each counts 1. */
  readonly weights: Float32Array;
  /** Where "bpr" draws its negatives from, one item an interaction; default the items of `interactions`. */
  readonly pool?: Int32Array;
  /** Room for the order of the visits, shape [entries], or for a file [block]; default an array of its own. */
  readonly order?: Int32Array;
  /** Interactions of a block, which are visited one after the other; default all. */
  readonly block?: number;
  /** The side that is to stay as it is; default none. */
  readonly freeze?: "items" | "users";
}

/** The chance in one epoch. */
export interface Pass {
  /** The order in which interactions are visited, shape [entries]. */
  readonly order: Int32Array;
  /** Starts the draws of items; "logistic" draws none. */
  readonly seed: number;
}

/** What came of one epoch. */
export interface EpochResult {
  /** Mean loss over the interactions that were visited; 0 when all stand right. */
  readonly loss: number;
  /** Share of these for which the order (for "logistic" the sign) was found wrong, 0 to 1. */
  readonly violationRate: number;
}

/** What came of one epoch of a training. */
export interface TrainedEpoch extends EpochResult {
  /** Which numbers are no longer finite, as in "item biases"; the task's factors are then as before the epoch. */
  readonly diverged?: string;
}

/** A training that is under way. */
export interface Epochs {
  /**
   * Runs one epoch, in an order that it draws; when it is done the task's factors hold the new numbers, where all of
   * these are finite.
   */
  run(random: Random): TrainedEpoch | Promise<TrainedEpoch>;
  /** Lets go of what the training held. */
  close(): void;
}
