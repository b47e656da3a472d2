import { simpleSmoothing } from "../../../../lib/forecast/smoothing/simpleSmoothing";
import { example } from "../../example";

example(simpleSmoothing, () => {
  const sales = [100, 104, 98, 103, 110];
  console.log(simpleSmoothing(sales, 2, { alpha: 0.5 })); // Float64Array(2) [ 105.75, 105.75 ]
});
