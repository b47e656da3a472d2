import { learnedBy, type Recommender } from "./model";
import type { Representations } from "./representation";
import { representationsOf } from "./representations";

/** Vectors of users and items for an index of nearest neighbours. */
export interface ExportedVectors {
  /** Numbers in a vector. */
  readonly length: number;
  /** Row after row, shape [users, length]: what to search with. */
  readonly users: Float32Array;
  /** Row after row, shape [items, length]: what to search in. */
  readonly items: Float32Array;
}

/**
 * Vectors whose inner product is the model's score, biases and all: an item's is its vector, its bias and a 1, a
 * user's is its vector, a 1 and its bias.
 *
 * For an index that only knows distances or cosines, `metric: "euclidean"` adds one more number, which gives all items
 * the same length and users a 0: the nearest items are then those of the highest scores (Bachrach et al., "Speeding Up
 * the Xbox Recommender System Using a Euclidean Transformation for Inner-Product Spaces", 2014).
 *
 * @param options - settings by name
 * @param options.metric - default "inner product"
 * @throws RangeError when the model has not been fitted
 */
export function exportVectors(
  model: Recommender,
  { metric = "inner product" }: { metric?: "inner product" | "euclidean" } = {},
): ExportedVectors {
  const { users, items } = representationsOf(learnedBy(model));
  const extra = metric === "euclidean" ? 1 : 0;
  const length = users.components + 2 + extra;
  const exported = {
    length,
    users: widen(users, length, ([bias]) => [1, bias]),
    items: widen(items, length, ([bias]) => [bias, 1]),
  };
  if (extra) levelLengths(exported.items, length);
  return exported;
}

function widen(
  { rows, components, values }: Representations,
  length: number,
  tail: (bias: Float32Array) => number[],
): Float32Array {
  const wide = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const start = row * (components + 1);
    wide.set(values.subarray(start, start + components), row * length);
    wide.set(tail(values.subarray(start + components)), row * length + components);
  }
  return wide;
}

/** Sets the last number of each row so that all rows are as long as the longest. */
function levelLengths(vectors: Float32Array, length: number): void {
  const squares = new Float64Array(vectors.length / length);
  for (let i = 0; i < vectors.length; i++) squares[Math.floor(i / length)] += vectors[i] ** 2;
  const longest = squares.reduce((most, square) => Math.max(most, square), 0);
  squares.forEach((square, row) => (vectors[(row + 1) * length - 1] = Math.sqrt(longest - square)));
}
