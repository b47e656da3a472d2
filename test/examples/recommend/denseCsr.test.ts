import { csrFromDense } from "../../../lib/recommend/denseCsr";
import { example } from "../example";

example(csrFromDense, () => {
  // Embeddings of two pictures, three numbers each.
  const embeddings = Float32Array.of(0.5, 0, 2, 0, 0, 3);
  const { rows, columns, offsets, indices, values } = csrFromDense(embeddings, 3);
  console.log(rows, columns, values); // 2 3 Float32Array(3) [ 0.5, 2, 3 ]
  console.log(offsets, indices); // Uint32Array(3) [ 0, 2, 3 ] Int32Array(3) [ 0, 2, 2 ]
});
