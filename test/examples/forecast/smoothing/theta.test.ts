import { theta } from "../../../../lib/forecast/smoothing/theta";
import { example } from "../../example";

example(theta, () => {
  // Half of the slope goes on: one piece a week, of two.
  const sales = Array.from({ length: 20 }, (_, week) => 100 + 2 * week);
  console.log(Array.from(theta(sales, 3, { alpha: 1 }), Math.round)); // [ 139, 140, 141 ]
});
