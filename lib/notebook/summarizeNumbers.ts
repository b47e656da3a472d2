/** Numbers as statistics see them; those of 64 bits count as the nearest double. */
export type Numbers = ArrayLike<number> | ArrayLike<bigint>;

/** What many numbers come to. */
export interface NumberSummary {
  /** Over the finite ones; NaN where there is none. */
  min: number;
  mean: number;
  max: number;
  /** How many are NaN or infinite. */
  notFinite: number;
  /** How many of the finite ones lie in each of equal parts from `min` to `max`; empty where these are the same. */
  histogram: number[];
  /** 1 where all were read; 2 where every second was, and so on. */
  step: number;
}

const MOST_READ = 2 ** 24;
const BINS = 32;

/** Least, mean, greatest and a histogram, in two passes; of more than 16.8 million numbers only some are read. */
export function summarizeNumbers(values: Numbers, { most = MOST_READ } = {}): NumberSummary {
  const step = Math.max(1, Math.ceil(values.length / most));
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (let at = 0; at < values.length; at += step) {
    const value = Number(values[at]);
    if (value - value !== 0) continue; // NaN and the infinite ones
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count++;
  }
  const read = Math.ceil(values.length / step);
  if (count === 0) return { min: NaN, mean: NaN, max: NaN, notFinite: read, histogram: [], step };
  const histogram = countBins(values, { min, max, step });
  return { min, mean: sum / count, max, notFinite: read - count, histogram, step };
}

function countBins(values: Numbers, { min, max, step }: { min: number; max: number; step: number }): number[] {
  const scale = BINS / (max - min);
  if (!Number.isFinite(scale) || scale === 0) return [];
  const bins = new Array<number>(BINS).fill(0);
  for (let at = 0; at < values.length; at += step) {
    const bin = Math.floor((Number(values[at]) - min) * scale);
    if (bin >= 0 && bin <= BINS) bins[bin === BINS ? BINS - 1 : bin]++;
  }
  return bins;
}
