import { buildCoo } from "../../../lib/recommend/coo";
import { buildDataset } from "../../../lib/recommend/dataset";
import { explainScore, explainScoreFor } from "../../../lib/recommend/explain";
import { buildItemFeatures } from "../../../lib/recommend/features";
import { fit } from "../../../lib/recommend/fit";
import { buildInteractions } from "../../../lib/recommend/interactions";
import { buildRecommender } from "../../../lib/recommend/model";
import { predict } from "../../../lib/recommend/predict";
import { example } from "../example";

example(explainScore, async () => {
  const rowIndices = [0, 0, 1, 1, 2, 2, 3, 3];
  const columnIndices = [0, 1, 0, 1, 2, 3, 2, 3];
  const model = buildRecommender({ loss: "warp", seed: 1 });
  await fit(model, buildCoo({ rows: 4, columns: 4, rowIndices, columnIndices }), { epochs: 30 });

  // A bias of the user, a bias of the item, and what the two add together.
  const { score, parts } = explainScore(model, 3, 2);
  console.log(parts.length, parts[0].userFeature, parts[0].itemFeature); // 3 3 2
  console.log(Math.abs(score - predict(model, 3)[2]) < 1e-5); // true
});

example(explainScoreFor, async () => {
  const users = ["Ann", "Ann", "Bob", "Bob", "Cem", "Cem", "Dora", "Dora"];
  const items = ["tent", "rope", "tent", "rope", "novel", "atlas", "novel", "atlas"];
  const dataset = buildDataset({ users, items, itemFeatures: ["outdoor", "book"] });
  const bags = { tent: ["outdoor"], rope: ["outdoor"], novel: ["book"], atlas: ["book"] };
  const itemFeatures = buildItemFeatures(dataset, Object.entries(bags));
  const model = buildRecommender({ loss: "warp", seed: 1 });
  await fit(model, buildInteractions(dataset, { users, items }).interactions, { itemFeatures, epochs: 30 });

  const { score, parts } = explainScoreFor(dataset, model, { user: "Cem", item: "novel" });
  console.log(score > 0, parts.length, parts[0].userFeature, parts[0].itemFeature); // true 5 Cem book
});
