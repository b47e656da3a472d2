import { seededRandom } from "../../../lib/random";
import { addNegatives } from "../../../lib/recommend/addNegatives";
import { buildCoo } from "../../../lib/recommend/coo";
import { example } from "../example";

example(addNegatives, () => {
  // User 0 bought all but item 2, user 1 all but item 0.
  const purchases = buildCoo({ rows: 2, columns: 3, rowIndices: [0, 0, 1, 1], columnIndices: [0, 1, 1, 2] });
  const { rowIndices, columnIndices, values } = addNegatives(purchases, { random: seededRandom(1) });
  console.log([...rowIndices]); // [ 0, 0, 1, 1, 0, 0, 1, 1 ]
  console.log([...columnIndices]); // [ 0, 1, 1, 2, 2, 2, 0, 0 ]
  console.log([...values]); // [ 1, 1, 1, 1, -1, -1, -1, -1 ]
});
