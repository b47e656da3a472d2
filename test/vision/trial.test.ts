import assert from "node:assert/strict";
import { before, test } from "node:test";
import { useBackend } from "../../lib/compute/useBackend";
import { buildNet } from "../../lib/vision/net";
import { recipeOf, type RecipeName } from "../../lib/vision/recipes";
import { describeTrial, runTrial } from "../../lib/vision/trial";
import { evaluate } from "../../lib/vision/evaluate";
import { seededRandom } from "../../lib/random";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

function noise(count: number, seed: number) {
  const random = seededRandom(seed);
  const images = Float32Array.from({ length: count * 784 }, () => random.uniform());
  return { images, labels: Uint8Array.from({ length: count }, (_, i) => i % 10) };
}

test("runTrial() trains with the options given and scores the validation examples", async () => {
  const [training, validation] = [noise(40, 1), noise(20, 2)];
  const common = { training, validation, epochs: 2, batchSize: 10, checkpoints: false as const };
  const trial = await runTrial("a", buildNet([{ filters: 2 }]), common);
  const { accuracy, loss, probabilities } = await evaluate(trial.model, validation);
  assert.deepEqual([trial.accuracy, trial.loss, trial.probabilities], [accuracy, loss, probabilities]);
  assert.ok(trial.seconds > 0 && trial.parameters === trial.model.countParams());
  const other = await runTrial("b", buildNet([{ filters: 2 }]), { ...common, learningRate: 0.1 });
  assert.notEqual(other.loss, trial.loss);
});

test("describeTrial() says the difference to another trial, with its sign", () => {
  const trial = (accuracy: number) => ({ name: "t", parameters: 1200, seconds: 3.4, accuracy, loss: 0, probabilities: new Float32Array(), model: buildNet([{ filters: 1 }]) }); // prettier-ignore
  assert.equal(describeTrial(trial(0.9)), "t: 90.00 %, 1,200 parameters, 3 s");
  assert.equal(describeTrial(trial(0.9), trial(0.875)), "t: 90.00 % (+2.50 points), 1,200 parameters, 3 s");
  assert.equal(describeTrial(trial(0.9), trial(0.91)), "t: 90.00 % (−1.00 points), 1,200 parameters, 3 s");
});

test("recipeOf() names the recipes that there are", () => {
  assert.throws(() => recipeOf("slow" as RecipeName), {
    name: "RangeError",
    message: 'recipeOf(): there is no recipe "slow"; the recipes are quick, short, standard, long',
  });
});
