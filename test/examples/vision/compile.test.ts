import { buildCnn } from "../../../lib/vision/cnn";
import { compile } from "../../../lib/vision/compile";
import { example } from "../example";

example(compile, () => {
  const model = compile(buildCnn(), { learningRate: 0.0005 });
  console.log(model.loss, model.metrics); // sparseCategoricalCrossentropy [ 'accuracy' ]
  console.log(model.optimizer.getClassName(), model.optimizer.getConfig().learningRate); // Adam 0.0005
});
