import { compareForecasts } from "../../../lib/forecast/compareForecasts";
import { example } from "../example";

example(compareForecasts, () => {
  // Two rows of sales and mentions.
  const actual = [100, 5, 120, 7];
  const forecasts = { naive: [90, 4, 100, 5], lstm: [101, 5, 116, 6] };
  const [naive, lstm] = compareForecasts(forecasts, actual, { names: ["sales", "mentions"] });
  console.log(naive); // { forecast: 'naive', sales: 15, mentions: 1.5 }
  console.log(lstm); // { forecast: 'lstm', sales: 2.5, mentions: 0.5 }
});
