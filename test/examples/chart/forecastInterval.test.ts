import { forecastInterval } from "../../../lib/chart/forecastInterval";
import { example } from "../example";

example(forecastInterval, () => {
  const dates = ["2020-01-06", "2020-01-13", "2020-01-20"];
  const band = { forecast: [100, 110, 120], low: [90, 100, 110], high: [110, 120, 130] };
  const figure = forecastInterval({ dates, actual: [104, 125, 118], ...band });
  console.log(figure.data.map(({ name }) => name)); // [ 'interval', 'Forecast', 'Sold', 'Outside' ]
  console.log(figure.data.map((trace) => "y" in trace && trace.y).at(-1)); // [ 125 ]
});
