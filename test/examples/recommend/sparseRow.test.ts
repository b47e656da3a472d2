import { rowToCsr } from "../../../lib/recommend/sparseRow";
import { example } from "../example";

example(rowToCsr, () => {
  // A film of two genres out of five, more of the first than of the second.
  const { offsets, indices, values } = rowToCsr({ indices: [0, 3], values: [1, 0.5] }, 5, "film");
  console.log(offsets, indices); // Uint32Array(2) [ 0, 2 ] Int32Array(2) [ 0, 3 ]
  console.log(values); // Float32Array(2) [ 1, 0.5 ]
  try {
    rowToCsr({ indices: [7] }, 5, "film");
  } catch (why) {
    console.log(String(why)); // RangeError: film: feature index 7 at place 0 is outside the 5 there are, counted from 0
  }
});
