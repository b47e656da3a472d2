import { buildCoo } from "../../../lib/recommend/coo";
import { buildCsr, buildPattern, findEntry, identityCsr } from "../../../lib/recommend/csr";
import { example } from "../example";

example(buildCsr, () => {
  // User 1 bought item 2 twice.
  const purchases = buildCoo({ rows: 2, columns: 3, rowIndices: [1, 0, 1, 1], columnIndices: [2, 1, 0, 2] });
  const { offsets, indices, values } = buildCsr(purchases);
  console.log(indices, values); // Int32Array(3) [ 1, 0, 2 ] Float32Array(3) [ 1, 1, 2 ]
  console.log(indices.subarray(offsets[1], offsets[2])); // Int32Array(2) [ 0, 2 ]
  console.log(buildCsr(purchases, { duplicates: "keep" }).values); // Float32Array(4) [ 1, 1, 1, 1 ]
});

example(buildPattern, () => {
  // User 1 bought item 2 twice.
  const purchases = buildCoo({ rows: 2, columns: 3, rowIndices: [1, 0, 1, 1], columnIndices: [2, 1, 0, 2] });
  const { offsets, indices } = buildPattern(purchases);
  console.log(offsets); // Uint32Array(3) [ 0, 1, 3 ]
  console.log(indices.subarray(offsets[1], offsets[2])); // Int32Array(2) [ 0, 2 ]
});

example(identityCsr, () => {
  const features = identityCsr(3);
  console.log(features.rows, features.columns); // 3 3
  console.log(features.indices, features.values); // Int32Array(3) [ 0, 1, 2 ] Float32Array(3) [ 1, 1, 1 ]
});

example(findEntry, () => {
  const ratings = buildCsr(
    buildCoo({ rows: 2, columns: 4, rowIndices: [0, 1, 1], columnIndices: [2, 0, 3], values: [5, 2, 4] }),
  );
  const place = findEntry(ratings, 1, 3);
  console.log(place, ratings.values[place]); // 2 4
  console.log(findEntry(ratings, 0, 3)); // -1
});
