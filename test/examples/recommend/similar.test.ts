import { buildCoo } from "../../../lib/recommend/coo";
import { fit } from "../../../lib/recommend/fit";
import { foldInUser } from "../../../lib/recommend/foldInUser";
import { buildRecommender } from "../../../lib/recommend/model";
import { similarItems, similarUsers } from "../../../lib/recommend/similar";
import { example } from "../example";

example(similarItems, async () => {
  // Users 0 and 1 bought items 0 to 2, users 2 and 3 items 3 to 5.
  const rowIndices = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3];
  const columnIndices = [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5];
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 4, columns: 6, rowIndices, columnIndices }), { epochs: 50 });
  const { rows, scores } = similarItems(model, 0);
  console.log(rows.slice(0, 2).sort()); // Int32Array(2) [ 1, 2 ]
  console.log(scores.map(Math.round)); // Float32Array(5) [ 1, 1, -1, -1, -1 ]
});

example(similarUsers, async () => {
  // Users 0 to 2 bought items 0 and 1, users 3 and 4 items 2 and 3.
  const rowIndices = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4];
  const columnIndices = [0, 1, 0, 1, 0, 1, 2, 3, 2, 3];
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 5, columns: 4, rowIndices, columnIndices }), { epochs: 50 });
  console.log(similarUsers(model, 0, { count: 2 }).rows.sort()); // Int32Array(2) [ 1, 2 ]

  // A new customer who bought item 2.
  const { vector } = foldInUser(model, [2]);
  console.log(similarUsers(model, vector, { count: 2 }).rows.sort()); // Int32Array(2) [ 3, 4 ]
});
