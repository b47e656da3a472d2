import type { Factors } from "./factors";
import { pull, type Penalty, type RowStep } from "./rowStep";

/**
 * One step of Adagrad (Duchi, Hazan and Singer, 2011) for all features of one row: each number moves against its
 * gradient by the learning rate over the root of the squares it has seen before, and then remembers this square.
 * Reckoned in doubles, kept in 32-bit floats.
 *
 * @returns the sum of the step sizes of all the numbers
 */
export function adagradStep(
  factors: Factors,
  { features, row, gradient }: RowStep,
  { learningRate, alpha = 0, lazy = false }: Penalty & { readonly learningRate: number },
): number {
  const { components, embeddings, embeddingGradients, biases, biasGradients } = factors;
  let total = 0;
  for (let place = features.offsets[row]; place < features.offsets[row + 1]; place++) {
    const feature = features.indices[place];
    const weight = features.values[place];
    for (let j = 0; j <= components; j++) {
      const isBias = j === components;
      const values = isBias ? biases : embeddings;
      const squares = isBias ? biasGradients : embeddingGradients;
      const index = isBias ? feature : feature * components + j;
      const rate = learningRate / Math.sqrt(squares[index]);
      values[index] -= rate * weight * gradient[j];
      squares[index] += (gradient[j] * weight) ** 2;
      if (alpha !== 0) pull(values, index, { strength: alpha * rate, lazy });
      total += rate;
    }
  }
  return total;
}
