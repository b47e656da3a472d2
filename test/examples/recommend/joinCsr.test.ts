import { buildCoo } from "../../../lib/recommend/coo";
import { buildPattern, identityCsr } from "../../../lib/recommend/csr";
import { csrFromDense } from "../../../lib/recommend/denseCsr";
import { stackColumns, union, unionPattern } from "../../../lib/recommend/joinCsr";
import { example } from "../example";

example(stackColumns, () => {
  // Every item's own feature, and beside it two numbers that describe its picture.
  const pictures = csrFromDense(Float32Array.of(0.5, 0.25, 0, 2), 2);
  const features = stackColumns(identityCsr(2), pictures);
  console.log(features.rows, features.columns); // 2 4
  console.log(features.indices); // Int32Array(5) [ 0, 2, 3, 1, 3 ]
  console.log(features.values); // Float32Array(5) [ 1, 0.5, 0.25, 1, 2 ]
});

example(union, () => {
  const monday = csrFromDense(Float32Array.of(1, 0, 0, 2), 2);
  const tuesday = csrFromDense(Float32Array.of(3, 0, 4), 3);
  const { rows, columns, indices, values } = union(monday, tuesday);
  console.log(rows, columns); // 2 3
  console.log(indices, values); // Int32Array(3) [ 0, 2, 1 ] Float32Array(3) [ 4, 4, 2 ]
});

example(unionPattern, () => {
  const bought = buildPattern(buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1], columnIndices: [0, 2] }));
  const viewed = buildPattern(buildCoo({ rows: 2, columns: 3, rowIndices: [0, 0, 1], columnIndices: [0, 1, 0] }));
  const { offsets, indices } = unionPattern(bought, viewed);
  console.log(indices.subarray(offsets[0], offsets[1])); // Int32Array(2) [ 0, 1 ]
  console.log(indices.subarray(offsets[1], offsets[2])); // Int32Array(2) [ 0, 2 ]
});
