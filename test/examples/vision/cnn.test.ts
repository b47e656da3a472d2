import { buildCnn, buildSixLayerCnn } from "../../../lib/vision/cnn";
import { example } from "../example";

example(buildCnn, () => {
  const model = buildCnn({ seed: 1 });
  console.log(model.inputs[0].shape, model.outputShape); // [ null, 28, 28, 1 ] [ null, 10 ]
  console.log(model.countParams()); // 225034
});

example(buildSixLayerCnn, () => {
  const model = buildSixLayerCnn({ seed: 1 });
  const layers = model.layers.map(({ name }) => name);
  console.log(layers.slice(0, 3)); // [ 'convolution_1', 'pooling_1', 'convolution_2' ]
  console.log(model.countParams()); // 93322
});
