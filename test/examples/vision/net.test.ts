import { buildNet } from "../../../lib/vision/net";
import { example } from "../example";

example(buildNet, () => {
  const stages = [{ filters: 16 }, { filters: 32 }, { filters: 64, residual: true }];
  const model = buildNet(stages, { batchNorm: true, dropout: 0.2, seed: 42 });
  console.log(model.outputShape, model.countParams()); // [ null, 10 ] 98522
});
