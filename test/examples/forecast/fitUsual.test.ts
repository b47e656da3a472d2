import { plantedDemand } from "../../../lib/data/plantedDemand";
import { fitUsual } from "../../../lib/forecast/fitUsual";
import { knownAt } from "../../../lib/forecast/walkForward";
import { example } from "../example";

example(fitUsual, () => {
  const sales = plantedDemand();
  const usual = fitUsual(knownAt(sales, 260));

  // The mean of the next quarter, which it has not seen, and the mean of what came.
  const mean = (values: Float64Array) => Math.round(values.reduce((sum, value) => sum + value) / values.length);
  console.log(mean(usual.expect(sales, 260, 13)), mean(sales.values.slice(260, 273))); // 833 747
});
