import { seededRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { auc, evaluate, precisionAtK, recallAtK, reciprocalRank } from "../../../lib/recommend/metrics";
import { popularityScorer } from "../../../lib/recommend/popularity";
import { example } from "../example";

example(precisionAtK, () => {
  // User 0 chose items 0 and 1, user 1 item 2. Both are shown items 0 and 1 first.
  const test = buildCoo({ rows: 2, columns: 4, rowIndices: [0, 0, 1], columnIndices: [0, 1, 2] });
  const { values, mean } = precisionAtK(() => Float32Array.of(4, 3, 2, 1), test, { k: 2 });
  console.log(values, mean); // Float64Array(2) [ 1, 0 ] 0.5
});

example(recallAtK, () => {
  // The user chose items 0, 1, 4 and 5; items 0, 1 and 2 are shown first.
  const test = buildCoo({ rows: 1, columns: 6, rowIndices: [0, 0, 0, 0], columnIndices: [0, 1, 4, 5] });
  const model = () => Float32Array.of(6, 5, 4, 3, 2, 1);
  console.log(recallAtK(model, test, { k: 3 }).mean); // 0.5
  console.log(recallAtK(model, test, { k: 6 }).mean); // 1
});

example(reciprocalRank, () => {
  const train = buildCoo({ rows: 2, columns: 4, rowIndices: [0], columnIndices: [0] });
  const test = buildCoo({ rows: 2, columns: 4, rowIndices: [0, 1], columnIndices: [1, 3] });
  // Item 1 comes first for user 0, who has item 0 already; item 3 comes fourth for user 1.
  const { values, mean } = reciprocalRank(() => Float32Array.of(4, 3, 2, 1), test, { train });
  console.log(values, mean); // Float64Array(2) [ 1, 0.25 ] 0.625
});

example(auc, () => {
  // The user chose item 1; one of the four others, item 0, stands above it.
  const test = buildCoo({ rows: 1, columns: 5, rowIndices: [0], columnIndices: [1] });
  const model = () => Float32Array.of(5, 4, 3, 2, 1);
  console.log(auc(model, test).mean); // 0.75
  // An item trained on takes no part.
  const train = buildCoo({ rows: 1, columns: 5, rowIndices: [0], columnIndices: [0] });
  console.log(auc(model, test, { train }).mean); // 1
});

example(evaluate, () => {
  // Three users have item 0, two have item 1, one has item 2. Users 2 and 3 take item 1 next.
  const train = buildCoo({ rows: 4, columns: 4, rowIndices: [0, 0, 1, 1, 2, 3], columnIndices: [0, 1, 0, 1, 0, 2] });
  const test = buildCoo({ rows: 4, columns: 4, rowIndices: [2, 3], columnIndices: [1, 1] });
  const bestsellers = popularityScorer(train, { random: seededRandom(1) });
  const result = evaluate(bestsellers, test, { train, k: 1 });
  console.log(result.precisionAtK, result.recallAtK, result.reciprocalRank, result.auc); // 0.5 0.5 0.75 0.75
});
