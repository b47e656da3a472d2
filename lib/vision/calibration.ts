import { SMALLEST_PROBABILITY } from "./evaluate";
import { toClasses } from "./predict";

/** The predictions whose confidence lies in one interval. */
export interface CalibrationBin {
  /** The interval: above `low`, up to `high`. */
  low: number;
  high: number;
  /** How many predictions there are. */
  count: number;
  /** Their mean confidence, the probability of the predicted class; NaN without predictions. */
  confidence: number;
  /** The share of them that is right; NaN without predictions. */
  accuracy: number;
}

/** How far confidence and accuracy are apart. */
export interface Calibration {
  bins: CalibrationBin[];
  /** The expected calibration error: the mean gap between confidence and accuracy, each bin by its share of predictions. */
  expectedError: number;
}

/** Temperatures that are searched, as their inverses. */
const INVERSES = { low: 0.02, high: 50 };
/** Halvings of the interval: enough for six digits. */
const SEARCH_STEPS = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Compares the confidence of a classifier with its accuracy (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern
 * Neural Networks", 2017): of the predictions with a confidence near 0.8, eight in ten should be right.
 *
 * @param probabilities - [count, classes], each row with the sum 1
 * @param labels - the true class of each row
 * @param options - settings by name
 * @param options.bins - intervals of equal width between 0 and 1, default 15
 * @throws TypeError when the labels do not match the rows; RangeError for a number of bins that is not whole or below 1
 */
export function measureCalibration(
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  { bins: count = 15 } = {},
): Calibration {
  const classes = classesOf(probabilities, labels, "measureCalibration()");
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`measureCalibration(): bins is ${count}; it must be a whole number from 1`);
  const sums = Array.from({ length: count }, () => ({ count: 0, confidence: 0, right: 0 }));
  toClasses(probabilities, classes).forEach((best, row) => {
    const confidence = probabilities[row * classes + best];
    const bin = sums[Math.min(count - 1, Math.max(0, Math.ceil(confidence * count) - 1))];
    bin.count++;
    bin.confidence += confidence;
    bin.right += Number(best === labels[row]);
  });
  const gaps = sums.map(({ confidence, right }) => Math.abs(confidence - right));
  return {
    bins: sums.map((sum, i) => ({
      low: i / count,
      high: (i + 1) / count,
      count: sum.count,
      confidence: sum.confidence / sum.count,
      accuracy: sum.right / sum.count,
    })),
    expectedError: gaps.reduce((total, gap) => total + gap, 0) / labels.length,
  };
}

/**
 * The temperature that makes a classifier's probabilities fit the labels best, by the lowest cross-entropy (temperature
 * scaling: Guo, Pleiss, Sun and Weinberger, 2017). Above 1 the classifier was too confident. Fit it on examples that the
 * classifier has not learned from, and apply it to others.
 *
 * @param probabilities - [count, classes]
 * @param labels - the true class of each row
 * @returns a number from 0.02 to 50
 * @throws TypeError when the labels do not match the rows
 */
export function fitTemperature(probabilities: Float32Array, labels: ArrayLike<number>): number {
  const classes = classesOf(probabilities, labels, "fitTemperature()");
  const logarithms = toLogarithms(probabilities);
  return 1 / lowest((inverse) => crossEntropy(logarithms, labels, { classes, inverse }), INVERSES);
}

/**
 * Probabilities at another temperature: each to the power of 1 / temperature, and each row divided by its sum. The most
 * probable class of a row stays the same.
 *
 * @param probabilities - [count, classes]
 * @param temperature - above 1 for less confidence, below 1 for more
 * @param classes - numbers in a row, default 10
 * @throws RangeError for a temperature that is not above 0
 */
export function atTemperature(probabilities: Float32Array, temperature: number, classes = 10): Float32Array {
  if (!(temperature > 0 && temperature < Infinity))
    throw new RangeError(`atTemperature(): the temperature is ${temperature}; it must be a number above 0`);
  const logarithms = toLogarithms(probabilities);
  const scaled = new Float32Array(probabilities.length);
  for (let start = 0; start < scaled.length; start += classes) {
    const total = sumOfPowers(logarithms, { start, classes, inverse: 1 / temperature });
    for (let i = start; i < start + classes; i++) scaled[i] = Math.exp(logarithms[i] / temperature) / total;
  }
  return scaled;
}

function classesOf(probabilities: Float32Array, labels: ArrayLike<number>, call: string): number {
  const classes = probabilities.length / labels.length;
  if (!Number.isInteger(classes) || classes < 1)
    throw new TypeError(
      `${call}: ${probabilities.length} probabilities came with ${labels.length} labels; there must be one row for each label`,
    );
  return classes;
}

function toLogarithms(probabilities: Float32Array): Float64Array {
  return Float64Array.from(probabilities, (probability) => Math.log(Math.max(probability, SMALLEST_PROBABILITY)));
}

/** The mean over the rows of minus the logarithm of the true class's probability. */
function crossEntropy(
  logarithms: Float64Array,
  labels: ArrayLike<number>,
  { classes, inverse }: { classes: number; inverse: number },
): number {
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    total += Math.log(sumOfPowers(logarithms, { start, classes, inverse })) - inverse * logarithms[start + labels[row]];
  }
  return total / labels.length;
}

function sumOfPowers(
  logarithms: Float64Array,
  { start, classes, inverse }: { start: number; classes: number; inverse: number },
): number {
  let total = 0;
  for (let i = start; i < start + classes; i++) total += Math.exp(inverse * logarithms[i]);
  return total;
}

/** Where a function with one valley is lowest, by golden sections (Kiefer, 1953). */
function lowest(f: (x: number) => number, { low, high }: { low: number; high: number }): number {
  const inner = (from: number, to: number) => to - GOLDEN * (to - from);
  let [from, to] = [low, high];
  let [left, right] = [inner(from, to), inner(to, from)];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    if (atLeft < atRight) {
      [to, right, atRight] = [right, left, atLeft];
      atLeft = f((left = inner(from, to)));
    } else {
      [from, left, atLeft] = [left, right, atRight];
      atRight = f((right = inner(to, from)));
    }
  }
  return (from + to) / 2;
}
