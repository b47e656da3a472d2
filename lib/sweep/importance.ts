import { groupValues } from "./groupValues";

/**
 * How much of the variance of a score a parameter explains by itself: the correlation ratio of the score over groups of the
 * parameter's values (Pearson, 1905), without its bias by Kelley (1935, epsilon squared), so that a parameter without
 * effect gets about 0 and not more with more values. In a full grid it is the first-order index of Sobol (1993). What two
 * parameters do only together is not in it.
 *
 * @param values - of the parameter, one for each row
 * @param scores - one for each row
 * @returns from 0 to 1; NaN where each value has one row, all rows have one value, or all scores are the same
 */
export function importance(values: readonly unknown[], scores: readonly number[]): number {
  const groups = groupValues(values).map(({ rows }) => rows.map((row) => scores[row]));
  const within = groups.reduce((sum, own) => sum + squaresAround(own), 0);
  const total = squaresAround(scores);
  const [count, freedom] = [groups.length, scores.length - groups.length];
  if (count < 2 || freedom < 1 || total === 0) return NaN;
  const share = 1 - within / freedom / (total / (scores.length - 1));
  return Math.max(0, share);
}

/** The squared distances to the mean, summed. */
function squaresAround(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
