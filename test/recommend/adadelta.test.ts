import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../lib/random";
import { adadeltaStep } from "../../lib/recommend/adadelta";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { initialFactors } from "../../lib/recommend/factors";

test("adadeltaStep() moves by the ratio of its recent steps to its recent gradients", () => {
  const factors = initialFactors(2, 1, { random: numpyRandom(1), schedule: "adadelta" });
  factors.embeddings.fill(0);
  const step = (alpha = 0) =>
    adadeltaStep(
      factors,
      { features: csrFromDense(Float32Array.of(2, 0), 2), row: 0, gradient: Float64Array.of(3, 0) },
      { rho: 0.5, epsilon: 0.25, alpha },
    );
  const rate = 0.5 / Math.sqrt(18.25); // 18 is half of (2 * 3)²
  const rates = step();
  assert.ok(Math.abs(rates - (rate + 1)) < 1e-12); // the bias takes a step of size 1 along no gradient
  assert.equal(factors.embeddings[0], Math.fround(-6 * rate));
  assert.deepEqual([factors.embeddingGradients[0], factors.embeddings[1], factors.biases[0]], [18, 0, 0]);
  assert.ok(Math.abs(factors.embeddingMomentum[0] - (6 * rate) ** 2 / 2) < 1e-7);
  step();
  const second = Math.sqrt((6 * rate) ** 2 / 2 + 0.25) / Math.sqrt(27.25);
  assert.ok(Math.abs(factors.embeddings[0] - (-6 * rate - 6 * second)) < 1e-6);
});

test("adadeltaStep() pulls towards 0 by alpha", () => {
  const [free, pulled] = [0, 4].map((alpha) => {
    const factors = initialFactors(1, 1, { random: numpyRandom(1), schedule: "adadelta" });
    const features = csrFromDense(Float32Array.of(1), 1);
    adadeltaStep(factors, { features, row: 0, gradient: Float64Array.of(1, 1) }, { rho: 0.5, epsilon: 0.25, alpha });
    return factors.biases[0];
  });
  const rate = 0.5 / Math.sqrt(0.75);
  assert.ok(Math.abs(pulled - free / (1 + 4 * rate)) < 1e-7);
});
