import { detectLeakage } from "../../../lib/forecast/detectLeakage";
import { example } from "../example";

example(detectLeakage, async () => {
  // The naive forecast is fair; a mean over three weeks around the last one holds the answer.
  const fair = await detectLeakage((series, from) => series.slice(from - 1, -1));
  console.log(fair.leaks, fair.mase.toFixed(2)); // false 1.00

  const mean3 = (series: Float64Array, week: number) => (series[week - 1] + series[week] + series[week + 1]) / 3;
  const leaking = await detectLeakage((series, from) =>
    Array.from({ length: series.length - from }, (_, i) => mean3(series, from + i - 1)),
  );
  console.log(leaking.leaks, leaking.mase.toFixed(2)); // true 0.59
});
