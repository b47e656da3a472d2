import type * as tf from "@tensorflow/tfjs";

/**
 * How the learning rate changes: points [share of the steps, rate], the shares rising from 0 to 1. Between two points the
 * rate follows half a cosine, so that it changes slowly near each of them.
 */
export type Schedule = readonly (readonly [share: number, rate: number])[];

/** The parts of a one-cycle schedule. */
export interface OneCycleOptions {
  /** The share of the steps in which the rate rises, between 0 and 1. Default 0.25. */
  warmUp?: number;
  /** The rate of the first step. Default a 25th of the highest. */
  start?: number;
  /** The rate of the last step. Default a 10,000th of the highest. */
  end?: number;
}

/**
 * A schedule that rises to one highest rate and then falls to nearly zero: the one-cycle policy (Smith and Topin,
 * "Super-Convergence", 2018), with cosines as fastai has it.
 *
 * @param highest - the highest learning rate, above 0
 * @throws RangeError for a rate that is not above 0, or a share that is not between 0 and 1
 */
export function oneCycle(
  highest: number,
  { warmUp = 0.25, start = highest / 25, end = highest / 1e4 }: OneCycleOptions = {},
): Schedule {
  if (!(warmUp > 0 && warmUp < 1))
    throw new RangeError(`oneCycle(): warmUp is ${warmUp}; it must be a share between 0 and 1, say 0.25`);
  return checkSchedule(
    [
      [0, start],
      [warmUp, highest],
      [1, end],
    ],
    "oneCycle()",
  );
}

/**
 * The learning rate at a moment of the training.
 *
 * @param share - the share of the steps that are done, 0 to 1
 */
export function rateAt(schedule: Schedule, share: number): number {
  const after = schedule.findIndex(([place]) => place > share);
  if (after < 1) return schedule[after < 0 ? schedule.length - 1 : 0][1];
  const [[from, first], [to, last]] = [schedule[after - 1], schedule[after]];
  const turn = (Math.PI * (share - from)) / (to - from);
  return last + ((first - last) * (1 + Math.cos(turn))) / 2;
}

/**
 * Refuses a schedule that leaves a step without a rate.
 *
 * @internal
 */
export function checkSchedule(schedule: Schedule, call: string): Schedule {
  const shares = schedule.map(([share]) => share);
  const isRising = shares.every((share, i) => i === 0 || share > shares[i - 1]);
  if (shares.length < 2 || shares[0] !== 0 || shares[shares.length - 1] !== 1 || !isRising)
    throw new RangeError(`${call}: the shares of the schedule are [${shares.join(", ")}]; they must rise from 0 to 1`);
  for (const [share, rate] of schedule)
    if (!(rate > 0 && rate < Infinity))
      throw new RangeError(`${call}: the learning rate at share ${share} is ${rate}; it must be a number above 0`);
  return schedule;
}

/** An optimizer's rate, which TensorFlow.js declares as protected. */
interface Rated {
  learningRate: number;
  setLearningRate?: (rate: number) => void;
}

/**
 * The learning rate an optimizer has.
 *
 * @internal
 */
export function learningRateOf(optimizer: tf.Optimizer): number {
  return (optimizer as unknown as Rated).learningRate;
}

/**
 * Gives an optimizer another learning rate for its next steps.
 *
 * @internal
 */
export function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  const rated = optimizer as unknown as Rated;
  if (rated.setLearningRate) rated.setLearningRate(rate);
  else rated.learningRate = rate;
}
