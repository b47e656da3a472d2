import type { Factors } from "./factors";
import { pull, type Penalty, type RowStep } from "./rowStep";

/**
 * One step of Adadelta (Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012) for all features of one row: each
 * number moves against its gradient by the ratio of two roots, that of its recent squared steps to that of its recent
 * squared gradients. There is no learning rate. Kept in 32-bit floats, reckoned in 32 or 64 bits as LightFM does.
 *
 * @returns the sum of the step sizes of all the numbers
 */
export function adadeltaStep(
  factors: Factors,
  { features, row, gradient }: RowStep,
  { rho, epsilon, alpha = 0, lazy = false }: Penalty & { readonly rho: number; readonly epsilon: number },
): number {
  const { components } = factors;
  const { fround, sqrt } = Math;
  const news = fround(1 - rho);
  let total = 0;
  for (let place = features.offsets[row]; place < features.offsets[row + 1]; place++) {
    const feature = features.indices[place];
    const weight = features.values[place];
    for (let j = 0; j <= components; j++) {
      const isBias = j === components;
      const values = isBias ? factors.biases : factors.embeddings;
      const squares = isBias ? factors.biasGradients : factors.embeddingGradients;
      const squaredSteps = isBias ? factors.biasMomentum : factors.embeddingMomentum;
      const index = isBias ? feature : feature * components + j;
      squares[index] = fround(rho * squares[index]) + news * (weight * gradient[j]) ** 2;
      const rate = sqrt(fround(squaredSteps[index] + epsilon)) / sqrt(fround(squares[index] + epsilon));
      const change = rate * gradient[j] * weight;
      squaredSteps[index] = fround(rho * squaredSteps[index]) + news * change ** 2;
      values[index] -= change;
      if (alpha !== 0) pull(values, index, { strength: alpha * rate, lazy });
      total += rate;
    }
  }
  return total;
}
