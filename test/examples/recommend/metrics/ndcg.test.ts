import { buildCoo } from "../../../../lib/recommend/coo";
import { ndcgAtK } from "../../../../lib/recommend/metrics/ndcg";
import { example } from "../../example";

example(ndcgAtK, () => {
  // Three users watched films 0, 1 and 3; the model shows all of them the films in the order 0, 1, 2, 3.
  const watched = buildCoo({ rows: 3, columns: 4, rowIndices: [0, 1, 2], columnIndices: [0, 1, 3] });
  const { values, mean } = ndcgAtK(() => Float32Array.of(4, 3, 2, 1), watched, { k: 3 });
  // First place: 1; second place: 1 / log2(3); fourth place: too far down.
  console.log(Array.from(values, (value) => value.toFixed(2))); // [ '1.00', '0.63', '0.00' ]
  console.log(mean.toFixed(2)); // 0.54
});
