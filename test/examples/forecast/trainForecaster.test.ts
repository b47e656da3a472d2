import * as tf from "@tensorflow/tfjs";
import { slidingWindows } from "../../../lib/data/windows";
import { meanAbsoluteError, naiveForecast } from "../../../lib/forecast/baselines";
import { buildLstm } from "../../../lib/forecast/lstm";
import { predictRows } from "../../../lib/forecast/predictRows";
import { trainForecaster } from "../../../lib/forecast/trainForecaster";
import { example } from "../example";

example(trainForecaster, async () => {
  // A shop that sells something every other week.
  const series = Array.from({ length: 35 }, (_, week) => week % 2);
  const windows = slidingWindows(series, 1, { steps: 3 });
  const model = buildLstm({ steps: 3, columns: 1, units: 8 });
  model.compile({ optimizer: tf.train.adam(0.03), loss: "meanSquaredError" }); // larger steps than the default
  const losses = await trainForecaster(model, windows, { epochs: 20, batchSize: 16 });
  console.log(losses.length, losses[19] < losses[0] / 4); // 20 true

  const [learned] = meanAbsoluteError(predictRows(model, windows.inputs), windows.targets, 1);
  const [naive] = meanAbsoluteError(naiveForecast(windows), windows.targets, 1);
  console.log(learned < 0.25, naive); // true 1
});
