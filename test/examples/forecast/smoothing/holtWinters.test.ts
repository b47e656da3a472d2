import { holtWinters } from "../../../../lib/forecast/smoothing/holtWinters";
import { example } from "../../example";

example(holtWinters, () => {
  // Four seasons a year, each year ten pieces more.
  const sales = [80, 100, 140, 120, 90, 110, 150, 130, 100, 120, 160, 140];
  const forecast = holtWinters(sales, 4, { period: 4, season: "add" });
  console.log(Array.from(forecast, Math.round)); // [ 110, 130, 170, 150 ]
});
