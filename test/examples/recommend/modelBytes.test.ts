import { buildCoo } from "../../../lib/recommend/coo";
import { buildDataset } from "../../../lib/recommend/dataset";
import { fit } from "../../../lib/recommend/fit";
import { buildInteractions } from "../../../lib/recommend/interactions";
import { buildRecommender } from "../../../lib/recommend/model";
import { modelFromBytes, modelToBytes } from "../../../lib/recommend/modelBytes";
import { predict } from "../../../lib/recommend/predict";
import { recommend } from "../../../lib/recommend/recommend";
import { example } from "../example";

example(modelToBytes, async () => {
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 2, columns: 3, rowIndices: [0, 1], columnIndices: [0, 2] }), { epochs: 5 });
  const bytes = modelToBytes({ model });
  console.log(new TextDecoder().decode(bytes.subarray(0, 8))); // ATELIERR

  const copy = modelFromBytes(bytes).model;
  console.log(predict(copy, 0).join() === predict(model, 0).join()); // true
});

example(modelFromBytes, async () => {
  const dataset = buildDataset({ users: ["anna", "ben"], items: ["coat", "hat"] });
  const { interactions } = buildInteractions(dataset, { users: ["anna", "ben"], items: ["coat", "hat"] });
  const model = buildRecommender({ seed: 1 });
  await fit(model, interactions, { epochs: 5 });
  const bytes = modelToBytes({ model, dataset });

  const saved = modelFromBytes(bytes);
  console.log(saved.dataset?.users.ids); // [ 'anna', 'ben' ]
  console.log(saved.dataset?.items.ids[recommend(saved.model, 0).items[0]]); // hat
});
