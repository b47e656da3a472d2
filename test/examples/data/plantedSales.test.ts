import { plantedSales } from "../../../lib/data/plantedSales";
import { example } from "../example";

example(plantedSales, () => {
  const { weeks, series } = plantedSales({ weeks: 104 });
  const coats = series[4];
  console.log(weeks[21], weeks[47]); // 2020-05-31 2020-11-29

  // Coats have their season in November.
  console.log(coats.category, coats.sales[47] > 3 * coats.sales[21]); // Coat true
});
