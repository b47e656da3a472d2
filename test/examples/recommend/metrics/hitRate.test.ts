import { buildCoo } from "../../../../lib/recommend/coo";
import { hitRateAtK } from "../../../../lib/recommend/metrics/hitRate";
import { example } from "../../example";

example(hitRateAtK, () => {
  // Four users chose items 0, 1, 2 and 3. All of them are shown items 0 and 1 first.
  const chosen = buildCoo({ rows: 4, columns: 4, rowIndices: [0, 1, 2, 3], columnIndices: [0, 1, 2, 3] });
  const { values, mean } = hitRateAtK(() => Float32Array.of(4, 3, 2, 1), chosen, { k: 2 });
  console.log(values); // Float64Array(4) [ 1, 1, 0, 0 ]
  console.log(mean); // 0.5
});
