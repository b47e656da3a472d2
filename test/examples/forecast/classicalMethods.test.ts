import { plantedDemand } from "../../../lib/data/plantedDemand";
import { arimaMethod, classicalMethods, usualMethod } from "../../../lib/forecast/classicalMethods";
import { scoreTrials } from "../../../lib/forecast/scoreTrials";
import { walkForward } from "../../../lib/forecast/walkForward";
import { example } from "../example";

example(classicalMethods, () => {
  const names = Object.keys(classicalMethods(52, 208));
  console.log(names.slice(0, 3), names.length); // [ 'naive', 'mean', 'moving average' ] 10

  // Less than a year of weeks: nothing with a season.
  console.log(Object.keys(classicalMethods(52, 40)).includes("seasonal naive")); // false
});

example(arimaMethod, async () => {
  const trials = await walkForward(plantedDemand(), arimaMethod(), { from: 300, refit: 52 });
  console.log(trials.length, scoreTrials(trials).MASE.toFixed(1)); // 9 1.7
});

example(usualMethod, async () => {
  const trials = await walkForward(plantedDemand(), usualMethod(), { from: 208 });
  console.log(trials.length, scoreTrials(trials).MASE.toFixed(2)); // 101 0.83
});
