import { seasonalFactors } from "../../../../lib/forecast/smoothing/seasonalFactors";
import { example } from "../../example";

example(seasonalFactors, () => {
  const sales = [50, 100, 150, 50, 100, 150, 50, 100, 150];
  console.log(seasonalFactors(sales, 3)); // [ 0.5, 1, 1.5 ]
});
