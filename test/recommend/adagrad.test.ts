import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../lib/random";
import { adagradStep } from "../../lib/recommend/adagrad";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { initialFactors } from "../../lib/recommend/factors";

test("adagradStep() moves against weight times gradient, by less the more it has moved before", () => {
  const factors = initialFactors(2, 1, { random: numpyRandom(1) });
  factors.embeddings.fill(0);
  const step = () =>
    adagradStep(
      factors,
      { features: csrFromDense(Float32Array.of(2, 0), 2), row: 0, gradient: Float64Array.of(3, -1) },
      { learningRate: 0.5 },
    );
  step();
  assert.deepEqual([...factors.embeddings], [-3, 0]);
  assert.deepEqual([...factors.biases], [1, 0]);
  assert.deepEqual([...factors.embeddingGradients], [37, 1]);
  assert.deepEqual([...factors.biasGradients], [5, 1]);
  step();
  assert.equal(factors.embeddings[0], Math.fround(-3 - 3 / Math.sqrt(37)));
  assert.equal(factors.biases[0], Math.fround(1 + 1 / Math.sqrt(5)));
});

test("adagradStep() pulls towards 0 by alpha, or pushes away where all are to be shrunk later", () => {
  const after = (options: { alpha: number; lazy?: boolean }) => {
    const factors = initialFactors(1, 1, { random: numpyRandom(1) });
    factors.biases[0] = 3;
    const features = csrFromDense(Float32Array.of(1), 1);
    const rates = adagradStep(
      factors,
      { features, row: 0, gradient: new Float64Array(2) },
      { learningRate: 0.5, ...options },
    );
    assert.equal(rates, 1);
    return factors.biases[0];
  };
  assert.deepEqual([after({ alpha: 0 }), after({ alpha: 4 }), after({ alpha: 4, lazy: true })], [3, 1, 9]);
});
