import { seededRandom } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { splitInteractions } from "../../../lib/recommend/splitInteractions";
import { example } from "../example";

example(splitInteractions, () => {
  // Ten purchases of two users, who have bought each of five items once.
  const purchases = buildCoo({
    rows: 2,
    columns: 5,
    rowIndices: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
    columnIndices: [0, 1, 2, 3, 4, 0, 1, 2, 3, 4],
  });
  const { train, test } = splitInteractions(purchases, { testShare: 0.2, random: seededRandom(3) });
  console.log(train.values.length, test.values.length); // 8 2
  console.log(test.rowIndices, test.columnIndices); // Int32Array(2) [ 1, 0 ] Int32Array(2) [ 3, 2 ]
});
