import { buildCoo } from "../../../lib/recommend/coo";
import { fit } from "../../../lib/recommend/fit";
import { buildRecommender } from "../../../lib/recommend/model";
import { recommendUsers } from "../../../lib/recommend/recommendUsers";
import { example } from "../example";

example(recommendUsers, async () => {
  // Users 0 and 1 like items 0 to 2, users 2 and 3 items 3 to 5; user 0 has not bought item 2 yet.
  const rowIndices = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3];
  const columnIndices = [0, 1, 0, 1, 2, 3, 4, 5, 3, 4, 5];
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 4, columns: 6, rowIndices, columnIndices }), { epochs: 30 });
  console.log(recommendUsers(model, 2, { count: 1 }).users); // Int32Array(1) [ 0 ]
  console.log(recommendUsers(model, 2, { count: 2, excludeSeen: false }).users.sort()); // Int32Array(2) [ 0, 1 ]
});
