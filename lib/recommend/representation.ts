import type { Csr } from "./csr";
import type { Factors } from "./factors";

/** The vectors of all rows (items or users), each with its bias behind it. */
export interface Representations {
  readonly rows: number;
  readonly components: number;
  /** Row after row, shape [rows, components + 1]; the last number of a row is its bias. */
  readonly values: Float32Array;
}

/**
 * A row's vector is the weighted sum of its features' vectors, its bias that of their biases (Kula, "Metadata
 * Embeddings for User and Item Cold-start Recommendations", 2015). All sums are kept in 32-bit floats.
 *
 * @param result - where to put it: [components + 1], the bias last
 * @param scale - every weight is taken times this
 */
export function represent(features: Csr, row: number, factors: Factors, result: Float32Array, scale = 1): void {
  const { components, embeddings, biases } = factors;
  result.fill(0);
  for (let place = features.offsets[row]; place < features.offsets[row + 1]; place++) {
    const feature = features.indices[place];
    const weight = Math.fround(features.values[place] * scale);
    const start = feature * components;
    for (let j = 0; j < components; j++) result[j] += Math.fround(weight * embeddings[start + j]);
    result[components] += Math.fround(weight * biases[feature]);
  }
}

/** The vectors of all rows at once. */
export function representAll(features: Csr, factors: Factors): Representations {
  const { rows } = features;
  const { components } = factors;
  const values = new Float32Array(rows * (components + 1));
  for (let row = 0; row < rows; row++)
    represent(features, row, factors, values.subarray(row * (components + 1), (row + 1) * (components + 1)));
  return { rows, components, values };
}

/**
 * How well a user and an item go together: both biases plus the dot product of their vectors.
 *
 * @param items - where the item's vector and bias begin at `start`
 */
export function score(user: Float32Array, items: Float32Array, start = 0): number {
  const components = user.length - 1;
  let total = Math.fround(user[components] + items[start + components]);
  for (let j = 0; j < components; j++) total = Math.fround(total + Math.fround(user[j] * items[start + j]));
  return total;
}
