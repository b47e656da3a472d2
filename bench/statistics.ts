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

/** The value below which a share of the values lies, the nearest one of them. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Three digits that count, large numbers whole. */
export function shownRate(value: number | null): string {
  if (value === null) return "-";
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

/** Mean, lowest and highest of several runs, in words. */
export function meanAndRange(values: number[], digits = 4): string {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return `mean ${mean.toFixed(digits)}, from ${low} to ${high}`;
}
