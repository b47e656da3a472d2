import { asLastWeek } from "../../../lib/forecast/baselinesAhead";
import { forecastErrors } from "../../../lib/forecast/forecastErrors";
import { example } from "../example";

example(forecastErrors, () => {
  const sales = [10, 12, 15, 19, 24];
  const [oneWeek, twoWeeks] = forecastErrors(sales, asLastWeek, { from: 2, ahead: 2 });
  console.log(oneWeek); // [ 3, 4, 5 ]
  console.log(twoWeeks); // [ 7, 9 ]
});
