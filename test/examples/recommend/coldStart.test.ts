import { coldItem, coldUser } from "../../../lib/recommend/coldStart";
import { buildDataset } from "../../../lib/recommend/dataset";
import { buildItemFeatures, buildUserFeatures, itemFeatureRow, userFeatureRow } from "../../../lib/recommend/features";
import { fit } from "../../../lib/recommend/fit";
import { buildInteractions } from "../../../lib/recommend/interactions";
import { buildRecommender } from "../../../lib/recommend/model";
import { recommend } from "../../../lib/recommend/recommend";
import { recommendUsers } from "../../../lib/recommend/recommendUsers";
import { example } from "../example";

example(coldUser, async () => {
  const users = ["Ann", "Ann", "Bob", "Bob", "Cem", "Cem", "Dora", "Dora"];
  const items = ["tent", "rope", "tent", "rope", "novel", "atlas", "novel", "atlas"];
  const dataset = buildDataset({ users, items, userFeatures: ["climber", "reader"] });
  const bags = { Ann: ["climber"], Bob: ["climber"], Cem: ["reader"], Dora: ["reader"] };
  const userFeatures = buildUserFeatures(dataset, Object.entries(bags));
  const model = buildRecommender({ loss: "warp", seed: 1 });
  await fit(model, buildInteractions(dataset, { users, items }).interactions, { userFeatures, epochs: 30 });

  const newcomer = coldUser(model, userFeatureRow(dataset, ["reader"]));
  const best = recommend(model, newcomer, { count: 2 }).items;
  console.log(Array.from(best, (item) => dataset.items.ids[item]).sort()); // [ 'atlas', 'novel' ]
});

example(coldItem, async () => {
  const users = ["Ann", "Ann", "Bob", "Bob", "Cem", "Cem", "Dora", "Dora"];
  const items = ["tent", "rope", "tent", "rope", "novel", "atlas", "novel", "atlas"];
  const dataset = buildDataset({ users, items, itemFeatures: ["outdoor", "book"] });
  const bags = { tent: ["outdoor"], rope: ["outdoor"], novel: ["book"], atlas: ["book"] };
  const itemFeatures = buildItemFeatures(dataset, Object.entries(bags));
  const model = buildRecommender({ loss: "warp", seed: 1 });
  await fit(model, buildInteractions(dataset, { users, items }).interactions, { itemFeatures, epochs: 30 });

  const newBook = coldItem(model, itemFeatureRow(dataset, ["book"]));
  const best = recommendUsers(model, newBook, { count: 2 }).users;
  console.log(Array.from(best, (user) => dataset.users.ids[user]).sort()); // [ 'Cem', 'Dora' ]
});
