import { buildCoo } from "../../../lib/recommend/coo";
import { fit } from "../../../lib/recommend/fit";
import { buildRecommender } from "../../../lib/recommend/model";
import { predict, predictPairs, toScorer } from "../../../lib/recommend/predict";
import { predictRank } from "../../../lib/recommend/predictRank";
import { example } from "../example";

example(predict, async () => {
  // Users 0 and 1 like items 0 to 2, user 2 likes items 3 to 5; user 0 has not bought item 2 yet.
  const rowIndices = [0, 0, 1, 1, 1, 2, 2, 2];
  const columnIndices = [0, 1, 0, 1, 2, 3, 4, 5];
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 3, columns: 6, rowIndices, columnIndices }), { epochs: 30 });
  console.log(predict(model, 0).length); // 6
  const [likely, unlikely] = predict(model, 0, [2, 3]);
  console.log(likely > unlikely); // true
});

example(predictPairs, async () => {
  // Users 0 and 1 bought items 0 and 1, users 2 and 3 items 2 and 3.
  const rowIndices = [0, 0, 1, 1, 2, 2, 3, 3];
  const columnIndices = [0, 1, 0, 1, 2, 3, 2, 3];
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 4, columns: 4, rowIndices, columnIndices }), { epochs: 30 });
  const bought = predictPairs(model, [0, 1, 2, 3], [1, 0, 3, 2]);
  const others = predictPairs(model, [0, 1, 2, 3], [2, 3, 0, 1]);
  console.log(bought.map((score, pair) => Number(score > others[pair]))); // Float32Array(4) [ 1, 1, 1, 1 ]
});

example(toScorer, async () => {
  // Users 0 and 1 like items 0 to 2, user 2 likes items 3 to 5; user 0 buys item 2 later.
  const rowIndices = [0, 0, 1, 1, 1, 2, 2, 2];
  const columnIndices = [0, 1, 0, 1, 2, 3, 4, 5];
  const train = buildCoo({ rows: 3, columns: 6, rowIndices, columnIndices });
  const test = buildCoo({ rows: 3, columns: 6, rowIndices: [0], columnIndices: [2] });
  const model = buildRecommender({ seed: 1 });
  await fit(model, train, { epochs: 30 });
  const scorer = toScorer(model);
  console.log(predictRank(scorer, test, { train }).values); // Float32Array(1) [ 0 ]
  const withoutItem2 = (user: number) => scorer(user).map((score, item) => (item === 2 ? -Infinity : score));
  console.log(predictRank(withoutItem2, test, { train }).values); // Float32Array(1) [ 3 ]
});
