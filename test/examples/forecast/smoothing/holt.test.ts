import { holt } from "../../../../lib/forecast/smoothing/holt";
import { example } from "../../example";

example(holt, () => {
  // Three pieces more each week.
  const sales = [100, 103, 106, 109, 112, 115];
  console.log(Array.from(holt(sales, 3), Math.round)); // [ 118, 121, 124 ]
});
