import { chooseArima } from "../../../../lib/forecast/arima/chooseArima";
import { normal, seededRandom } from "../../../../lib/random";
import { example } from "../../example";

example(chooseArima, () => {
  // A series that wanders off: each value is the one before, and luck.
  const random = seededRandom(2);
  const values = [100];
  for (let week = 1; week < 200; week++) values.push(values[week - 1] + normal(random));
  const { p, d, q } = chooseArima(values, { most: 1 });
  console.log(p, d, q); // 0 1 0
});
