import { buildCoo } from "../../../../lib/recommend/coo";
import { measureCatalogue } from "../../../../lib/recommend/metrics/catalogue";
import { example } from "../../example";

example(measureCatalogue, () => {
  // Users 0 and 1 bought item 0, user 2 bought item 1; nobody has chosen items 2 to 4 yet.
  const train = buildCoo({ rows: 3, columns: 5, rowIndices: [0, 1, 2], columnIndices: [0, 0, 1] });
  const bestsellers = measureCatalogue(() => Float32Array.of(2, 1, 0, 0, 0), train, { k: 1 });
  console.log(bestsellers.coverage, bestsellers.novelty.toFixed(1)); // 0.4 0.8

  const tastes = [Float32Array.of(0, 0, 1, 0, 0), Float32Array.of(0, 0, 0, 1, 0), Float32Array.of(0, 0, 0, 0, 1)];
  console.log(measureCatalogue((user) => tastes[user], train, { k: 1 })); // { coverage: 0.6, novelty: 2 }
});
