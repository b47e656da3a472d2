import { salesForecast } from "../../../lib/chart/salesForecast";
import { example } from "../example";

example(salesForecast, () => {
  const known = { dates: ["2020-01-05", "2020-01-12"], sales: [100, 200], mentions: [10, 20] };
  const forecast = { forecastDates: ["2020-01-19"], forecastSales: [310], forecastMentions: [31] };
  const naive = { name: "Naive", dates: ["2020-01-19"], values: [200] };
  const figure = salesForecast({ ...known, ...forecast }, { title: "A week ahead", extra: [naive] });
  console.log(figure.data.map(({ name }) => name).slice(2)); // [ 'Forecast Sales', 'Forecast Mentions', 'Naive' ]

  // The forecast begins where the history ends.
  const [, , sales] = figure.data;
  console.log("y" in sales && sales.x, "y" in sales && sales.y); // [ '2020-01-12', '2020-01-19' ] [ 200, 310 ]
});
