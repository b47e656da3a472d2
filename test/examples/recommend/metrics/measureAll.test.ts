import { buildCoo } from "../../../../lib/recommend/coo";
import { measureAll } from "../../../../lib/recommend/metrics/measureAll";
import { example } from "../../example";

example(measureAll, () => {
  const train = buildCoo({ rows: 2, columns: 4, rowIndices: [0, 1], columnIndices: [0, 1] });
  const test = buildCoo({ rows: 2, columns: 4, rowIndices: [0, 1], columnIndices: [1, 3] });
  // Without the items trained on, user 0 is shown items 1, 2, 3 and user 1 items 0, 2, 3.
  const metrics = measureAll(() => Float32Array.of(4, 3, 2, 1), test, { train, k: 1 });
  console.log(metrics["precision at 1"], metrics["hit rate at 1"], metrics.AUC, metrics.coverage); // 0.5 0.5 0.5 0.5
  console.log(Object.keys(metrics).slice(2, 6)); // [ 'NDCG at 1', 'MAP at 1', 'hit rate at 1', 'reciprocal rank' ]
});
