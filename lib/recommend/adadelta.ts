import type { Factors } from "./factors";
import { pull, type RowStep } from "./rowStep";

/**
 * One step of Adadelta (Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012) for all features of one row: each
 * number moves against its gradient by the ratio of two roots, that of its recent squared steps to that of its recent
 * squared gradients. There is no learning rate. Kept in 32-bit floats, reckoned in 32 or 64 bits as LightFM does.
 *
 * @returns the sum of the step sizes of all the numbers
 */
export function adadeltaStep(
  factors: Factors,
  step: RowStep & { readonly rho: number; readonly epsilon: number },
): number {
  const { components } = factors;
  const { features, row, gradient, rho, epsilon } = step;
  const news = Math.fround(1 - rho);
  let total = 0;
  const descend = (arrays: Arrays, index: number, slope: number, weight: number) => {
    const [values, squares, squaredSteps] = arrays;
    squares[index] = Math.fround(rho * squares[index]) + news * (weight * slope) ** 2;
    const rate =
      Math.sqrt(Math.fround(squaredSteps[index] + epsilon)) / Math.sqrt(Math.fround(squares[index] + epsilon));
    const change = rate * slope * weight;
    squaredSteps[index] = Math.fround(rho * squaredSteps[index]) + news * change ** 2;
    values[index] -= change;
    pull(values, index, rate, step);
    total += rate;
  };
  const vectors: Arrays = [factors.embeddings, factors.embeddingGradients, factors.embeddingMomentum];
  const biases: Arrays = [factors.biases, factors.biasGradients, factors.biasMomentum];
  for (let place = features.offsets[row]; place < features.offsets[row + 1]; place++) {
    const feature = features.indices[place];
    const weight = features.values[place];
    descend(biases, feature, gradient[components], weight);
    for (let j = 0; j < components; j++) descend(vectors, feature * components + j, gradient[j], weight);
  }
  return total;
}

/** Values, their squared gradients, their squared steps. */
type Arrays = [Float32Array, Float32Array, Float32Array];
