import { buildSixLayerCnn } from "../../../../lib/vision/cnn";
import { receptiveField } from "../../../../lib/vision/look/receptiveField";
import { example } from "../../example";

example(receptiveField, () => {
  const model = buildSixLayerCnn();
  console.log(receptiveField(model, "convolution_1")); // { start: 1, step: 1, size: 3 }
  console.log(receptiveField(model, "convolution_3")); // { start: 8.5, step: 4, size: 18 }
});
