import { plantedDemand } from "../../../lib/data/plantedDemand";
import { example } from "../example";

example(plantedDemand, () => {
  const { dates, values, promotions } = plantedDemand({ weeks: 104 });
  console.log(dates[0], values.length); // 2020-01-05 104

  // Weeks with a promotion sell more.
  const mean = (own: number[]) => own.reduce((sum, sold) => sum + sold, 0) / own.length;
  const [promoted, others] = [1, 0].map((kind) => Array.from(values).filter((_, week) => promotions[week] === kind));
  console.log(mean(promoted) > 1.3 * mean(others)); // true
});
