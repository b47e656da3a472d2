import assert from "node:assert/strict";
import { test } from "node:test";
import { largestDifference, lightfm, trainedLike } from "./lightfm";

/** LightFM's numbers come out bit for bit here; other machines may round a logarithm otherwise. */
const TOLERANCE = 1e-6;

for (const given of lightfm.cases)
  for (const epochs of [1, 5])
    test(`fit() learns LightFM's numbers in ${epochs} epochs, case ${given.name}`, async () => {
      const { items, users } = (await trainedLike(given, epochs)).learned!;
      const same = (got: Float32Array, name: string) => {
        const wanted = given.epochs[epochs][name];
        if (wanted) assert.ok(largestDifference(got, wanted) <= TOLERANCE, `${name} ${largestDifference(got, wanted)}`);
      };
      same(items.embeddings, "itemEmbeddings");
      same(items.biases, "itemBiases");
      same(users.embeddings, "userEmbeddings");
      same(users.biases, "userBiases");
      same(items.embeddingGradients, "itemEmbeddingGradients");
      same(users.biasGradients, "userBiasGradients");
      same(items.embeddingMomentum, "itemEmbeddingMomentum");
      same(users.biasMomentum, "userBiasMomentum");
    });
