import type { Csr } from "./csr";
import type { Factors } from "./factors";

/**
 * One step of Adagrad (Duchi, Hazan and Singer, 2011) for all features of one row: each number moves against its
 * gradient by the learning rate over the root of the squares it has seen before, and then remembers this square.
 *
 * @param gradient - of the loss with respect to the row's representation: [components + 1], the bias last. A feature's
 * own gradient is this times its weight in the row.
 */
export function adagradStep(
  factors: Factors,
  {
    features,
    row,
    gradient,
    learningRate,
  }: { features: Csr; row: number; gradient: Float64Array; learningRate: number },
): void {
  const { components, embeddings, embeddingGradients, biases, biasGradients } = factors;
  for (let place = features.offsets[row]; place < features.offsets[row + 1]; place++) {
    const feature = features.indices[place];
    const weight = features.values[place];
    const start = feature * components;
    descend(biases, biasGradients, feature, weight, gradient[components], learningRate);
    for (let j = 0; j < components; j++)
      descend(embeddings, embeddingGradients, start + j, weight, gradient[j], learningRate);
  }
}

/** Reckoned in doubles, kept in 32-bit floats. */
function descend(
  values: Float32Array,
  squares: Float32Array,
  index: number,
  weight: number,
  gradient: number,
  learningRate: number,
): void {
  const localRate = learningRate / Math.sqrt(squares[index]);
  values[index] -= localRate * weight * gradient;
  squares[index] += (gradient * weight) ** 2;
}
