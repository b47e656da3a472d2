import { directWindows } from "../../../lib/data/directWindows";
import { example } from "../example";

example(directWindows, () => {
  // Two values a row, sales and mentions; the next two sales after windows of three rows.
  const rows = [10, 1, 12, 3, 11, 2, 15, 4, 14, 3, 16, 5];
  const { count, inputs, targets } = directWindows(rows, 2, { steps: 3, ahead: 2 });
  console.log(count, inputs.length, targets); // 2 12 Float32Array(4) [ 15, 14, 14, 16 ]
});
