import { seededRandom } from "../../../../lib/random";
import { buildCoo } from "../../../../lib/recommend/coo";
import { splitColdItems } from "../../../../lib/recommend/splits/splitColdItems";
import { example } from "../../example";

example(splitColdItems, () => {
  const interactions = buildCoo({
    rows: 2,
    columns: 5,
    rowIndices: [0, 0, 0, 1, 1, 1, 1],
    columnIndices: [0, 1, 2, 1, 2, 3, 4],
  });
  const { train, test, cold } = splitColdItems(interactions, { testShare: 0.4, random: seededRandom(1) });
  console.log(cold); // Int32Array(2) [ 1, 3 ]
  console.log(train.columnIndices); // Int32Array(4) [ 0, 2, 2, 4 ]
  // Column c of the test is item cold[c].
  console.log(test.columnIndices.map((column) => cold[column])); // Int32Array(3) [ 1, 1, 3 ]
});
