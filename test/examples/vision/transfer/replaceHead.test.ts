import { buildSixLayerCnn } from "../../../../lib/vision/cnn";
import { replaceHead } from "../../../../lib/vision/transfer/replaceHead";
import { example } from "../../example";

example(replaceHead, async () => {
  const model = buildSixLayerCnn({ seed: 1 });
  const forTwo = await replaceHead(model, 2, { seed: 1 });
  console.log(model.outputShape, forTwo.outputShape); // [ null, 10 ] [ null, 2 ]
  console.log(forTwo.layers.at(-1)?.name, forTwo.countParams()); // head 92802
});
