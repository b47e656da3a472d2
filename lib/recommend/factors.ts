import type { Random } from "../random";

/** What is learned about the features of one side (all items or all users). */
export interface Factors {
  readonly features: number;
  readonly components: number;
  /** One vector for each feature, shape [features, components]. */
  readonly embeddings: Float32Array;
  /** One number for each feature, shape [features]. */
  readonly biases: Float32Array;
  /** Adagrad's memory: 1 plus the sum of squared gradients of every number in `embeddings`, same shape. */
  readonly embeddingGradients: Float32Array;
  /** The same for `biases`. */
  readonly biasGradients: Float32Array;
}

/** Small random embeddings, uniform in [-1, 1) / (2 * components), and zero biases. */
export function initialFactors(features: number, components: number, random: Random): Factors {
  return {
    features,
    components,
    embeddings: new Float32Array(features * components).map(() => (random.uniform() - 0.5) / components),
    biases: new Float32Array(features),
    embeddingGradients: new Float32Array(features * components).fill(1),
    biasGradients: new Float32Array(features).fill(1),
  };
}

/** A copy that shares nothing with the original. */
export function copyFactors(factors: Factors): Factors {
  return {
    features: factors.features,
    components: factors.components,
    embeddings: factors.embeddings.slice(),
    biases: factors.biases.slice(),
    embeddingGradients: factors.embeddingGradients.slice(),
    biasGradients: factors.biasGradients.slice(),
  };
}

/** Whether every embedding and bias is still a finite number. */
export function areFinite({ embeddings, biases }: Factors): boolean {
  return Number.isFinite(sum(embeddings)) && Number.isFinite(sum(biases));
}

function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
