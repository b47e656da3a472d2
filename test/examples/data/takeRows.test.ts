import { takeRows } from "../../../lib/data/takeRows";
import { example } from "../example";

example(takeRows, () => {
  // Three rows of two values.
  const values = Float32Array.of(1, 2, 3, 4, 5, 6);
  console.log(takeRows(values, 2, [2, 0])); // Float32Array(4) [ 5, 6, 1, 2 ]
});
