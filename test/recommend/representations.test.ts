import assert from "node:assert/strict";
import { test } from "node:test";
import { identityCsr } from "../../lib/recommend/csr";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { buildRecommender } from "../../lib/recommend/model";
import { predict } from "../../lib/recommend/predict";
import { itemRepresentations, userRepresentations } from "../../lib/recommend/representations";
import { lightfmCase, trainedLike } from "./lightfm";

test("itemRepresentations() and userRepresentations() make up predict()'s scores", async () => {
  const model = await trainedLike(lightfmCase("everything"), 5);
  const [items, users] = [itemRepresentations(model), userRepresentations(model)];
  const { components } = items;
  for (let user = 0; user < users.rows; user++)
    predict(model, user).forEach((score, item) => {
      let total = users.biases[user] + items.biases[item];
      for (let j = 0; j < components; j++)
        total += users.embeddings[user * components + j] * items.embeddings[item * components + j];
      assert.ok(Math.abs(total - score) < 1e-6);
    });
});

test("itemRepresentations() of single features are what was learned of them", async () => {
  const model = await trainedLike(lightfmCase("everything"), 5);
  const { items, users } = model.learned!;
  const { embeddings, biases } = itemRepresentations(model, identityCsr(items.features));
  assert.deepEqual([embeddings, biases], [items.embeddings, items.biases]);
  const half = csrFromDense(Float32Array.of(0.5, 0, 0, 0), users.features);
  assert.equal(userRepresentations(model, half).biases[0], users.biases[0] / 2);
});

test("itemRepresentations() refuses features of another width and a model that knows nothing", async () => {
  const model = await trainedLike(lightfmCase("everything"), 1);
  assert.throws(() => itemRepresentations(model, identityCsr(3)), {
    name: "TypeError",
    message:
      "itemRepresentations(): features have 3 columns, the model knows 6 item features; give rows over the same features",
  });
  assert.throws(() => userRepresentations(buildRecommender()), RangeError);
});
