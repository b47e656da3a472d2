/** What `train` tells after each batch and each epoch; epoch and batch count from 1. */
export interface TrainingInfo {
  epoch: number;
  epochs: number;
  batch: number;
  batches: number;
  /** Mean over the epoch so far. */
  loss: number;
  /** Mean over the epoch so far, 0 to 1. */
  accuracy: number;
  msPerStep: number;
  /** Seconds the epoch took, validation included; told after an epoch. */
  seconds?: number;
  /** Whether the epoch comes from a checkpoint of an earlier run. */
  reused?: boolean;
  valLoss?: number;
  valAccuracy?: number;
}

/** How a training ended. */
export interface EndInfo {
  /** Whether it was stopped before its last epoch was complete. */
  stopped: boolean;
  /** The epoch whose weights a stopped training keeps. */
  keptEpoch?: number;
}

/** Where any training stands, whatever its scores are called; epoch and batch count from 1. */
export interface TrainingState {
  epoch: number;
  epochs: number;
  batch: number;
  /** Batches of an epoch; left out as long as nobody knows. */
  batches?: number;
  msPerStep: number;
  /** Means over the epoch so far by name, the loss first; after an epoch also those of validation, as in `val_loss`. */
  scores: Readonly<Record<string, number>>;
  /** Seconds the epoch took, validation included; told after an epoch. */
  seconds?: number;
  /** Whether the epoch comes from a checkpoint of an earlier run. */
  reused?: boolean;
}

/** How any training ended. */
export interface TrainingEnding {
  /** Whether it ended before its last epoch was complete. */
  stopped: boolean;
  /** Whether an error ended it. */
  failed?: boolean;
  /** What else there is to say, such as which weights are kept. */
  note?: string;
}
