import { buildCoo } from "../../../lib/recommend/coo";
import { predictRank } from "../../../lib/recommend/predictRank";
import { example } from "../example";

example(predictRank, () => {
  // A scorer stands in for the model here: its order is item 0, then items 2, 3 and 1.
  const scorer = () => Float32Array.of(0.9, 0.1, 0.7, 0.4);
  const test = buildCoo({ rows: 1, columns: 4, rowIndices: [0, 0], columnIndices: [2, 1] });
  const ranks = predictRank(scorer, test);
  console.log(ranks.indices, ranks.values); // Int32Array(2) [ 1, 2 ] Float32Array(2) [ 3, 1 ]

  // Item 0 was bought before and no longer stands in the way.
  const train = buildCoo({ rows: 1, columns: 4, rowIndices: [0], columnIndices: [0] });
  console.log(predictRank(scorer, test, { train }).values); // Float32Array(2) [ 2, 0 ]
});
