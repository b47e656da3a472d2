import { buildSixLayerCnn } from "../../../../lib/vision/cnn";
import { compile } from "../../../../lib/vision/compile";
import { freeze, unfreeze } from "../../../../lib/vision/transfer/freeze";
import { example } from "../../example";

example(freeze, () => {
  const model = compile(freeze(buildSixLayerCnn(), "embedding"));
  console.log(model.trainableWeights.length, model.weights.length); // 2 10
});

example(unfreeze, () => {
  const model = compile(unfreeze(freeze(buildSixLayerCnn(), "embedding")));
  console.log(model.trainableWeights.length); // 10
});
