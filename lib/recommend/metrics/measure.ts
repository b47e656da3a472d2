import type { Coo } from "../coo";
import { checkPositiveInteger } from "../settings";
import type { UserRanks } from "../ranks";

/** A metric for each user with held-out items. */
export interface MetricResult {
  /** Rows of the users, shape [users with held-out items]. */
  users: Int32Array;
  /** One value for each of them, same shape. */
  values: Float64Array;
  /** Their mean. */
  mean: number;
}

/** Options of all metrics; errors are those of `heldOutRanks`. */
export interface MetricOptions {
  /** What was trained on; these items take no part in the ranking. Default: none. */
  train?: Coo;
  /** Refuse pairs that are held out and trained on. Default true. */
  checkIntersections?: boolean;
}

/** Options of metrics that look at the first places only. */
export interface PlacesOptions extends MetricOptions {
  /** How many places. Default 10. */
  k?: number;
}

/** A number out of where one user's held-out items stand. */
export type Metric = (ranks: UserRanks) => number;

/** Applies a metric to all users. */
export function measure(ranks: UserRanks[], metric: Metric): MetricResult {
  const values = Float64Array.from(ranks, metric);
  const users = Int32Array.from(ranks, ({ user }) => user);
  return { users, values, mean: values.reduce((sum, value) => sum + value, 0) / values.length };
}

/** How many ranks lie among the first k places. */
export function countFirst(ranks: Int32Array, k: number): number {
  return ranks.reduce((count, rank) => count + (rank < k ? 1 : 0), 0);
}

/** Throws a RangeError for a number of places that cannot be. */
export function checkPlaces(k: number, call: string): void {
  checkPositiveInteger(k, `${call}: k`);
}
