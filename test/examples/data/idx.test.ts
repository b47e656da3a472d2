import { parseIdx } from "../../../lib/data/idx";
import { example } from "../example";

example(parseIdx, () => {
  // Type 8 are bytes; 2 dimensions follow, 2 rows of 3 columns, then the values.
  const file = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60);
  const { dimensions, values } = parseIdx(file);
  console.log(dimensions); // [ 2, 3 ]
  console.log(values); // Uint8Array(6) [ 10, 20, 30, 40, 50, 60 ]
});
