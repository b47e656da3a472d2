import { plantedDemand } from "../../../lib/data/plantedDemand";
import { scoreTrials } from "../../../lib/forecast/scoreTrials";
import { walkForward } from "../../../lib/forecast/walkForward";
import { windowMethod } from "../../../lib/forecast/windowMethod";
import { example } from "../example";

example(windowMethod, async () => {
  // A learner that learns nothing: what the last week sold beyond the usual stays as it is.
  const stays = windowMethod(async (_, { columns }) => (window, ahead) => {
    return new Float64Array(ahead).fill(window[window.length - columns]);
  });
  const trials = await walkForward(plantedDemand(), stays, { from: 208 });
  console.log(trials.length, scoreTrials(trials).MASE.toFixed(2)); // 101 0.71
});
