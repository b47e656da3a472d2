/** Median, lowest and highest of the rounds' ratios. */
export interface Spread {
  ratio: number;
  low: number;
  high: number;
}

/** How much better one side is, round by round: what slows both at once is left out. */
export function spreadOf(ratios: number[]): Spread {
  return { ratio: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}

/** The middle value; of an even number of values the mean of both in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
