import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildCoo } from "../../../lib/recommend/coo";
import { buildDataset } from "../../../lib/recommend/dataset";
import { fit } from "../../../lib/recommend/fit";
import { buildInteractions } from "../../../lib/recommend/interactions";
import { buildRecommender } from "../../../lib/recommend/model";
import { predict } from "../../../lib/recommend/predict";
import { loadModel, saveModel } from "../../../lib/recommend/saveModel";
import { example } from "../example";

example(saveModel, async () => {
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1], columnIndices: [0, 2] }), { epochs: 5 });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "models-"));
  const file = path.join(folder, "shop", "model.bin");
  saveModel(file, { model });
  console.log(fs.readdirSync(path.dirname(file))); // [ 'model.bin' ]
  console.log(predict(loadModel(file).model, 0).join() === predict(model, 0).join()); // true
  fs.rmSync(folder, { recursive: true });
});

example(loadModel, async () => {
  const dataset = buildDataset({ users: ["anna", "ben"], items: ["coat", "hat"] });
  const { interactions } = buildInteractions(dataset, { users: ["anna", "ben"], items: ["coat", "hat"] });
  const model = buildRecommender({ components: 4, seed: 1 });
  await fit(model, interactions, { epochs: 5 });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "models-"));
  saveModel(path.join(folder, "shop.bin"), { model, dataset });

  const saved = loadModel(path.join(folder, "shop.bin"));
  console.log(saved.model.components, saved.dataset?.items.ids); // 4 [ 'coat', 'hat' ]
  fs.rmSync(folder, { recursive: true });
});
