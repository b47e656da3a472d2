import { plantedDemand } from "../../../lib/data/plantedDemand";
import { usualMethod } from "../../../lib/forecast/classicalMethods";
import { rollingIntervals } from "../../../lib/forecast/rollingIntervals";
import { walkForward } from "../../../lib/forecast/walkForward";
import { example } from "../example";

example(rollingIntervals, async () => {
  const trials = await walkForward(plantedDemand(), usualMethod(), { from: 156 });
  const intervals = rollingIntervals(trials, { coverage: 0.8, calibration: 52, relative: true });
  const [{ origin, low, forecast, high }] = intervals;
  console.log(trials.length, intervals.length, origin); // 153 98 211
  console.log([low, forecast, high].map((line) => Math.round(line[0]))); // [ 564, 797, 875 ]
});
