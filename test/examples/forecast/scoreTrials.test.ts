import { plantedDemand } from "../../../lib/data/plantedDemand";
import { usualMethod } from "../../../lib/forecast/classicalMethods";
import { maseByStep, scoreFits, scoreTrials } from "../../../lib/forecast/scoreTrials";
import { walkForward } from "../../../lib/forecast/walkForward";
import { example } from "../example";

example(scoreTrials, async () => {
  const trials = await walkForward(plantedDemand(), usualMethod(), { from: 208 });
  const { MASE, RMSSE, sMAPE } = scoreTrials(trials);
  console.log(MASE.toFixed(2), RMSSE.toFixed(2), sMAPE.toFixed(1)); // 0.83 0.67 12.3
});

example(maseByStep, async () => {
  const trials = await walkForward(plantedDemand(), usualMethod(), { from: 208, ahead: 3 });
  console.log(maseByStep(trials).map((value) => value.toFixed(2))); // [ '0.82', '0.84', '0.85' ]
});

example(scoreFits, async () => {
  const trials = await walkForward(plantedDemand(), usualMethod(), { from: 208, refit: 52 });
  console.log(scoreFits("regression", trials).map(({ scores }) => scores.MASE.toFixed(2))); // [ '0.79', '0.83' ]
});
