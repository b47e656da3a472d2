import { buildCoo } from "../../../../lib/recommend/coo";
import { splitLastOut } from "../../../../lib/recommend/splits/splitLastOut";
import { example } from "../../example";

example(splitLastOut, () => {
  // User 0 bought items 1, 2 and 0, in this order. User 1 bought one item only, which stays in the training.
  const purchases = buildCoo({ rows: 2, columns: 4, rowIndices: [0, 0, 0, 1], columnIndices: [0, 1, 2, 3] });
  const days = [30, 10, 20, 40];
  const { train, test } = splitLastOut(purchases, days);
  console.log(test.rowIndices, test.columnIndices); // Int32Array(1) [ 0 ] Int32Array(1) [ 0 ]
  console.log(train.columnIndices); // Int32Array(3) [ 1, 2, 3 ]
});
