import { plantedDemand } from "../../../lib/data/plantedDemand";
import { linearMethod } from "../../../lib/forecast/linearMethod";
import { scoreTrials } from "../../../lib/forecast/scoreTrials";
import { walkForward } from "../../../lib/forecast/walkForward";
import { example } from "../example";

example(linearMethod, async () => {
  const trials = await walkForward(plantedDemand(), linearMethod(), { from: 208 });
  console.log(trials.length, scoreTrials(trials).MASE.toFixed(2)); // 101 0.54
});
