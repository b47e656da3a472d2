import { arima, fitArima } from "../../../../lib/forecast/arima/arima";
import { normal, seededRandom } from "../../../../lib/random";
import { example } from "../../example";

example(fitArima, () => {
  // Each value keeps six tenths of the one before.
  const random = seededRandom(1);
  const values = [0];
  for (let week = 1; week < 400; week++) values.push(0.6 * values[week - 1] + normal(random));
  const { ar, variance } = fitArima(values, { p: 1, d: 0, q: 0 });
  console.log(ar[0].toFixed(1), variance.toFixed(1)); // 0.6 1.0
});

example(arima, () => {
  // Two pieces more each week: a mean change of 2.
  const sales = Array.from({ length: 30 }, (_, week) => 100 + 2 * week + (week % 2));
  const forecast = arima(sales, 3, { p: 0, d: 1, q: 1, drift: true });
  console.log(Array.from(forecast, Math.round)); // [ 161, 163, 165 ]
});
