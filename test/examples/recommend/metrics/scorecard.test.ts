import { seededRandom } from "../../../../lib/random";
import { buildCoo } from "../../../../lib/recommend/coo";
import { scorecard } from "../../../../lib/recommend/metrics/scorecard";
import { example } from "../../example";

example(scorecard, () => {
  // Users 0 and 1 like items 0 and 2, users 2 and 3 like items 1 and 3.
  const train = buildCoo({ rows: 4, columns: 4, rowIndices: [0, 1, 2, 3, 3], columnIndices: [0, 0, 1, 1, 2] });
  const test = buildCoo({ rows: 4, columns: 4, rowIndices: [0, 1, 2, 3], columnIndices: [2, 2, 3, 3] });
  const model = (user: number) => (user < 2 ? Float32Array.of(1, 0, 1, 0) : Float32Array.of(0, 1, 0, 1));
  const rows = scorecard(model, test, { train, random: seededRandom(1), k: 1 });
  console.log(rows[0]); // { metric: 'precision at 1', model: 1, popularity: 0 }
  console.log(rows.find(({ metric }) => metric === "AUC")); // { metric: 'AUC', model: 1, popularity: 0.25 }
});
