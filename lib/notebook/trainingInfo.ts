/** What a training loop tells after each batch and each epoch; epoch and batch count from 1. */
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
