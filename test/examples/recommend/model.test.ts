import { buildCoo } from "../../../lib/recommend/coo";
import { fit } from "../../../lib/recommend/fit";
import { buildRecommender, learnedBy } from "../../../lib/recommend/model";
import { example } from "../example";

example(buildRecommender, async () => {
  const model = buildRecommender({ loss: "bpr", components: 4, learningRate: 0.1, seed: 1 });
  console.log(model.loss, model.components, model.learningRate); // bpr 4 0.1
  console.log(model.maxSampled, model.schedule); // 10 adagrad
  console.log(model.learned); // undefined

  await fit(model, buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1], columnIndices: [0, 2] }));
  console.log(model.learned !== undefined); // true
});

example(learnedBy, async () => {
  const model = buildRecommender({ components: 4, seed: 1 });
  await fit(model, buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1, 1], columnIndices: [0, 1, 2] }));
  const { users, items, seen } = learnedBy(model);
  console.log(users.features, items.features, items.embeddings.length); // 2 3 12
  console.log(seen.indices.subarray(seen.offsets[1], seen.offsets[2])); // Int32Array(2) [ 1, 2 ]
});
