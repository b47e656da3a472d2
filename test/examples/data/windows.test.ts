import { slidingWindows } from "../../../lib/data/windows";
import { example } from "../example";

example(slidingWindows, () => {
  const { inputs, targets, count } = slidingWindows([1, 2, 3, 4, 5], 1, { steps: 3 });
  console.log(count); // 2
  console.log(inputs); // Float32Array(6) [ 1, 2, 3, 2, 3, 4 ]
  console.log(targets); // Float32Array(2) [ 4, 5 ]
});
