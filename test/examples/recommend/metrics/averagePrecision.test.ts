import { buildCoo } from "../../../../lib/recommend/coo";
import { averagePrecisionAtK } from "../../../../lib/recommend/metrics/averagePrecision";
import { example } from "../../example";

example(averagePrecisionAtK, () => {
  // The reader likes books 0 and 2. The model puts them in places 1 and 3: (1 / 1 + 2 / 3) / 2.
  const liked = buildCoo({ rows: 1, columns: 5, rowIndices: [0, 0], columnIndices: [0, 2] });
  const model = () => Float32Array.of(0.9, 0.8, 0.7, 0.2, 0.1);
  console.log(averagePrecisionAtK(model, liked, { k: 3 }).mean.toFixed(2)); // 0.83
  // Among the first two places there is book 0 only.
  console.log(averagePrecisionAtK(model, liked, { k: 2 }).mean); // 0.5
});
