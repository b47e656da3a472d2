import { buildCoo } from "../../../lib/recommend/coo";
import { exportVectors } from "../../../lib/recommend/exportVectors";
import { fit } from "../../../lib/recommend/fit";
import { buildRecommender } from "../../../lib/recommend/model";
import { predict } from "../../../lib/recommend/predict";
import { example } from "../example";

example(exportVectors, async () => {
  const model = buildRecommender({ components: 4, seed: 1 });
  await fit(model, buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1, 1], columnIndices: [0, 1, 2] }), { epochs: 5 });
  const { length, users, items } = exportVectors(model);
  console.log(length, users.length, items.length); // 6 12 18

  // User 1 and item 2: the inner product is the score.
  const user = users.subarray(length, 2 * length);
  const product = user.reduce((sum, value, j) => sum + value * items[2 * length + j], 0);
  console.log(Math.abs(product - predict(model, 1)[2]) < 1e-5); // true
});
