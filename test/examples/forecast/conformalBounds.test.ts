import { conformalBounds } from "../../../lib/forecast/conformalBounds";
import { example } from "../example";

example(conformalBounds, () => {
  // By how much earlier forecasts fell short.
  const errors = [-12, 3, 5, -4, 8, 20, -7, 1, 0];
  const { low, high } = conformalBounds(errors, { coverage: 0.6 });
  console.log(low, high); // -7 8

  const forecast = 150;
  console.log(`${forecast + low} to ${forecast + high} pieces`); // 143 to 158 pieces
});
