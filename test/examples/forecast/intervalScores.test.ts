import { plantedDemand } from "../../../lib/data/plantedDemand";
import { usualMethod } from "../../../lib/forecast/classicalMethods";
import { intervalScores, meanIntervalScores } from "../../../lib/forecast/intervalScores";
import { rollingIntervals } from "../../../lib/forecast/rollingIntervals";
import { walkForward } from "../../../lib/forecast/walkForward";
import { example } from "../example";

example(intervalScores, async () => {
  const trials = await walkForward(plantedDemand(), usualMethod(), { from: 156 });
  const intervals = rollingIntervals(trials, { coverage: 0.8, calibration: 52, relative: true });
  const [first] = intervalScores(intervals, 0.8);
  console.log(first.step, first.coverage.toFixed(2), Math.round(first.width), first.count); // 1 0.77 253 98
});

example(meanIntervalScores, async () => {
  const trials = await walkForward(plantedDemand(), usualMethod(), { from: 156 });
  const intervals = rollingIntervals(trials, { coverage: 0.8, calibration: 52, relative: true });
  const { coverage, width } = meanIntervalScores(intervals, 0.8);
  console.log(coverage.toFixed(2), Math.round(width)); // 0.76 259
});
