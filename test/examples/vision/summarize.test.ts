import { buildCnn } from "../../../lib/vision/cnn";
import { summarize } from "../../../lib/vision/summarize";
import { example } from "../example";

example(summarize, () => {
  const layers = summarize(buildCnn());
  console.log(layers[0].layer, layers[0].kind, layers[0].outputShape); // convolution_1 Conv2D [?, 26, 26, 32]
  console.log(layers.map(({ parameters }) => parameters)); // [ 320, 0, 18496, 0, 0, 204928, 1290 ]
});
