import { plantedDemand } from "../../../lib/data/plantedDemand";
import type { SalesSeries } from "../../../lib/data/salesSeries";
import { asLastWeek } from "../../../lib/forecast/baselinesAhead";
import { knownAt, walkForward } from "../../../lib/forecast/walkForward";
import { example } from "../example";

example(walkForward, async () => {
  const dates = Array.from({ length: 12 }, (_, week) => `week ${week + 1}`);
  const values = Float64Array.from(dates, (_, week) => 100 + 5 * (week % 3));
  const sales: SalesSeries = { dates, values, period: 3, every: "week" };
  const trials = await walkForward(sales, () => (known, ahead) => asLastWeek(known.values, ahead), {
    ...{ from: 8, ahead: 2, every: 2 },
  });
  console.log(trials.map(({ origin }) => origin)); // [ 8, 10 ]
  console.log(trials[0].forecast, trials[0].actual); // Float64Array(2) [ 105, 105 ] Float64Array(2) [ 110, 100 ]
});

example(knownAt, () => {
  const known = knownAt(plantedDemand({ weeks: 60 }), 50, 4);
  console.log(known.values.length, known.mentions?.length, known.promotions?.length); // 50 50 54
});
