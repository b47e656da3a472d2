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
  valLoss?: number;
  valAccuracy?: number;
}
