import { seededRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { popularityScorer } from "../../../lib/recommend/popularity";
import { predictRank } from "../../../lib/recommend/predictRank";
import { example } from "../example";

example(popularityScorer, () => {
  // Three users bought item 1, one of them item 2 as well; nobody bought item 0.
  const purchases = buildCoo({ rows: 3, columns: 3, rowIndices: [0, 1, 2, 2], columnIndices: [1, 1, 1, 2] });
  const scorer = popularityScorer(purchases, { random: seededRandom(1) });
  console.log(scorer(0).map(Math.floor)); // Float32Array(3) [ 0, 3, 1 ]

  // User 0 bought item 2 later: only item 1 stood before it.
  const later = buildCoo({ rows: 3, columns: 3, rowIndices: [0], columnIndices: [2] });
  console.log(predictRank(scorer, later).values); // Float32Array(1) [ 1 ]
});
