import { seededRandom } from "../../../../lib/random";
import { buildCoo } from "../../../../lib/recommend/coo";
import { splitByUser } from "../../../../lib/recommend/splits/splitByUser";
import { example } from "../../example";

example(splitByUser, () => {
  // User 0 has four items, user 1 two, user 2 one, which stays in the training.
  const rowIndices = [0, 0, 0, 0, 1, 1, 2];
  const interactions = buildCoo({ rows: 3, columns: 4, rowIndices, columnIndices: [0, 1, 2, 3, 0, 1, 2] });
  const { train, test } = splitByUser(interactions, { testShare: 0.5, random: seededRandom(1) });
  console.log(train.rowIndices); // Int32Array(4) [ 0, 0, 1, 2 ]
  console.log(test.rowIndices); // Int32Array(3) [ 0, 0, 1 ]
});
