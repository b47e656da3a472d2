import type { Factors } from "./factors";
import { pull, type RowStep } from "./rowStep";

/**
 * One step of Adagrad (Duchi, Hazan and Singer, 2011) for all features of one row: each number moves against its
 * gradient by the learning rate over the root of the squares it has seen before, and then remembers this square.
 * Reckoned in doubles, kept in 32-bit floats.
 *
 * @returns the sum of the step sizes of all the numbers
 */
export function adagradStep(factors: Factors, step: RowStep & { readonly learningRate: number }): number {
  const { components, embeddings, embeddingGradients, biases, biasGradients } = factors;
  const { features, row, gradient, learningRate } = step;
  let total = 0;
  const descend = (values: Float32Array, squares: Float32Array, index: number, weight: number, slope: number) => {
    const rate = learningRate / Math.sqrt(squares[index]);
    values[index] -= rate * weight * slope;
    squares[index] += (slope * weight) ** 2;
    pull(values, index, rate, step);
    total += rate;
  };
  for (let place = features.offsets[row]; place < features.offsets[row + 1]; place++) {
    const feature = features.indices[place];
    const weight = features.values[place];
    const start = feature * components;
    descend(biases, biasGradients, feature, weight, gradient[components]);
    for (let j = 0; j < components; j++) descend(embeddings, embeddingGradients, start + j, weight, gradient[j]);
  }
  return total;
}
