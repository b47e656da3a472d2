import type { Coo } from "./coo";
import {
  checkPlaces,
  countFirst,
  measure,
  type Metric,
  type MetricOptions,
  type MetricResult,
  type PlacesOptions,
} from "./metrics/measure";
import type { Recommender } from "./model";
import type { Scorer } from "./predict";
import { heldOutRanks, type UserRanks } from "./ranks";

/** Share of the first k places taken by held-out items, 0 to 1. Default k = 10. */
export function precisionAtK(
  model: Recommender | Scorer,
  test: Coo,
  { k = 10, ...options }: PlacesOptions = {},
): MetricResult {
  checkPlaces(k, "precisionAtK()");
  return measure(heldOutRanks(model, test, options), precisionOf(k));
}

/** Share of a user's held-out items among the first k places; 1 when all are there. Default k = 10. */
export function recallAtK(
  model: Recommender | Scorer,
  test: Coo,
  { k = 10, ...options }: PlacesOptions = {},
): MetricResult {
  checkPlaces(k, "recallAtK()");
  return measure(heldOutRanks(model, test, options), recallOf(k));
}

/** One over the place of a user's best held-out item; 1 when it comes first. */
export function reciprocalRank(model: Recommender | Scorer, test: Coo, options: MetricOptions = {}): MetricResult {
  return measure(heldOutRanks(model, test, options), reciprocalRankOf);
}

/** Chance that a held-out item stands above one that is neither held out nor trained on: 1 perfect, 0.5 guessing. */
export function auc(model: Recommender | Scorer, test: Coo, options: MetricOptions = {}): MetricResult {
  return measure(heldOutRanks(model, test, options), aucOf);
}

/** The means of the four metrics above from one ranking; of the first k = 10 places by default. */
export function evaluate(model: Recommender | Scorer, test: Coo, { k = 10, ...options }: PlacesOptions = {}) {
  checkPlaces(k, "evaluate()");
  const ranks = heldOutRanks(model, test, options);
  return {
    precisionAtK: measure(ranks, precisionOf(k)).mean,
    recallAtK: measure(ranks, recallOf(k)).mean,
    reciprocalRank: measure(ranks, reciprocalRankOf).mean,
    auc: measure(ranks, aucOf).mean,
  };
}

/**
 * The same for one user.
 *
 * @internal
 */
export function precisionOf(k: number): Metric {
  return ({ ranks }) => countFirst(ranks, k) / k;
}

/**
 * The same for one user.
 *
 * @internal
 */
export function recallOf(k: number): Metric {
  return ({ ranks }) => countFirst(ranks, k) / ranks.length;
}

/**
 * The same for one user.
 *
 * @internal
 */
export function reciprocalRankOf({ ranks }: UserRanks): number {
  return 1 / (ranks.reduce((best, rank) => Math.min(best, rank), Infinity) + 1);
}

/**
 * One minus the mean share of other items that stand above a held-out one; held-out items above it do not count
 * against it. LightFM's formula, but never below 0, as that one can be where held-out items are tied.
 *
 * @internal
 */
export function aucOf({ ranks, others }: UserRanks): number {
  if (others <= 0) return GUESSING;
  const ordered = ranks.slice().sort();
  const above = ordered.reduce((sum, rank, place) => sum + Math.min(others, Math.max(0, rank - place)) / others, 0);
  return 1 - above / ranks.length;
}

/** The AUC of a user for whom there is nothing to tell apart. */
const GUESSING = 0.5;
