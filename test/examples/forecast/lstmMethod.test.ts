import { plantedDemand } from "../../../lib/data/plantedDemand";
import { lstmMethod } from "../../../lib/forecast/lstmMethod";
import { scoreTrials } from "../../../lib/forecast/scoreTrials";
import { walkForward } from "../../../lib/forecast/walkForward";
import { example } from "../example";

example(lstmMethod, async () => {
  // Few epochs, as an example; the default is 200 at most.
  const losses: number[] = [];
  const onEpoch = (_: number, loss: number) => void losses.push(loss);
  const fit = lstmMethod({ kind: "direct", steps: 4, units: 6, epochs: 5, onEpoch });
  const trials = await walkForward(plantedDemand({ weeks: 160 }), fit, { from: 150 });
  console.log(losses.length, losses[4] < losses[0]); // 5 true
  console.log(trials.length, scoreTrials(trials).MASE < 2); // 7 true
});
