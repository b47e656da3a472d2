import { buildCoo, takeEntries } from "../../../lib/recommend/coo";
import { example } from "../example";

example(buildCoo, () => {
  // User 0 bought items 1 and 3, user 2 bought item 0.
  const purchases = buildCoo({ rows: 3, columns: 4, rowIndices: [0, 0, 2], columnIndices: [1, 3, 0] });
  console.log(purchases.values); // Float32Array(3) [ 1, 1, 1 ]
  const ofUser0 = purchases.columnIndices.filter((_, place) => purchases.rowIndices[place] === 0);
  console.log(ofUser0); // Int32Array(2) [ 1, 3 ]
});

example(takeEntries, () => {
  const ratings = buildCoo({
    rows: 2,
    columns: 3,
    rowIndices: [0, 0, 1, 1],
    columnIndices: [0, 2, 1, 2],
    values: [5, 2, 4, 1],
  });
  const good = Int32Array.from(ratings.values.keys()).filter((place) => ratings.values[place] >= 4);
  const liked = takeEntries(ratings, good);
  console.log(liked.rowIndices, liked.columnIndices); // Int32Array(2) [ 0, 1 ] Int32Array(2) [ 0, 1 ]
  console.log(liked.values, liked.rows, liked.columns); // Float32Array(2) [ 5, 4 ] 2 3
});
