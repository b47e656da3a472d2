import { slidingWindows } from "../../../lib/data/windows";
import { meanAbsoluteError, meanForecast, naiveForecast } from "../../../lib/forecast/baselines";
import { example } from "../example";

example(naiveForecast, () => {
  const windows = slidingWindows([10, 12, 11, 15, 14], 1, { steps: 2 });
  console.log(naiveForecast(windows)); // Float32Array(3) [ 12, 11, 15 ]
  console.log(windows.targets); // Float32Array(3) [ 11, 15, 14 ]
});

example(meanForecast, () => {
  // Two columns, sales and mentions: the first three rows are for training.
  const known = [10, 1, 12, 3, 11, 2];
  const windows = slidingWindows([15, 4, 14, 3, 16, 5, 13, 2], 2, { steps: 2 });
  console.log(meanForecast(known, windows)); // Float32Array(4) [ 11, 2, 11, 2 ]
});

example(meanAbsoluteError, () => {
  // Two rows of sales and mentions.
  const forecast = [10, 3, 14, 5];
  const actual = [12, 3, 13, 4];
  console.log(meanAbsoluteError(forecast, actual, 2)); // [ 1.5, 0.5 ]
});
