import { buildCoo } from "../../../lib/recommend/coo";
import { fit } from "../../../lib/recommend/fit";
import { buildRecommender } from "../../../lib/recommend/model";
import { predict } from "../../../lib/recommend/predict";
import { itemRepresentations, userRepresentations } from "../../../lib/recommend/representations";
import { example } from "../example";

example(itemRepresentations, async () => {
  // Users 0 and 1 bought items 0 and 1, users 2 and 3 items 2 and 3.
  const rowIndices = [0, 0, 1, 1, 2, 2, 3, 3];
  const columnIndices = [0, 1, 0, 1, 2, 3, 2, 3];
  const model = buildRecommender({ components: 2, seed: 1 });
  await fit(model, buildCoo({ rows: 4, columns: 4, rowIndices, columnIndices }), { epochs: 30 });
  const { rows, components, embeddings } = itemRepresentations(model);
  console.log(rows, components); // 4 2
  const product = (a: number, b: number) =>
    embeddings[2 * a] * embeddings[2 * b] + embeddings[2 * a + 1] * embeddings[2 * b + 1];
  console.log(product(0, 1) > 0, product(0, 2) > 0); // true false
});

example(userRepresentations, async () => {
  const model = buildRecommender({ components: 2, seed: 1 });
  await fit(model, buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1], columnIndices: [0, 2] }), { epochs: 30 });
  const users = userRepresentations(model);
  const items = itemRepresentations(model);
  console.log(users.rows, items.rows, users.components); // 2 3 2

  // The score of user 0 and item 0, as predict() gives it.
  const [user, item] = [users.embeddings, items.embeddings];
  const score = user[0] * item[0] + user[1] * item[1] + users.biases[0] + items.biases[0];
  console.log(Math.abs(score - predict(model, 0)[0]) < 1e-5); // true
});
