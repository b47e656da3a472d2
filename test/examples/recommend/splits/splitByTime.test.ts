import { buildCoo } from "../../../../lib/recommend/coo";
import { splitByTime } from "../../../../lib/recommend/splits/splitByTime";
import { example } from "../../example";

example(splitByTime, () => {
  const purchases = buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1, 0, 1, 0], columnIndices: [0, 1, 1, 2, 0] });
  const days = [1, 2, 3, 4, 5];
  // The last purchase is no discovery: user 0 bought item 0 on day 1 already.
  const { train, test } = splitByTime(purchases, days, { from: 4 });
  console.log(train.rowIndices, train.columnIndices); // Int32Array(3) [ 0, 1, 0 ] Int32Array(3) [ 0, 1, 1 ]
  console.log(test.rowIndices, test.columnIndices); // Int32Array(1) [ 1 ] Int32Array(1) [ 2 ]
});
