import { movingAverage } from "../../../../lib/forecast/smoothing/movingAverage";
import { example } from "../../example";

example(movingAverage, () => {
  console.log(movingAverage([90, 100, 110, 120], 2, { window: 2 })); // Float64Array(2) [ 115, 115 ]
});
