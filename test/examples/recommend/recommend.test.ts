import { buildCoo } from "../../../lib/recommend/coo";
import { buildDataset } from "../../../lib/recommend/dataset";
import { fit } from "../../../lib/recommend/fit";
import { buildInteractions } from "../../../lib/recommend/interactions";
import { buildRecommender } from "../../../lib/recommend/model";
import { recommend, recommendBatch, recommendFor, recommendForAll } from "../../../lib/recommend/recommend";
import { example } from "../example";

example(recommend, async () => {
  // Users 0 and 1 like items 0 to 2, user 2 likes items 3 to 5; user 0 has not bought item 2 yet.
  const rowIndices = [0, 0, 1, 1, 1, 2, 2, 2];
  const columnIndices = [0, 1, 0, 1, 2, 3, 4, 5];
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 3, columns: 6, rowIndices, columnIndices }), { epochs: 30 });
  console.log(recommend(model, 0, { count: 1 }).items); // Int32Array(1) [ 2 ]
  console.log(recommend(model, 0, { count: 3, excludeSeen: false }).items.sort()); // Int32Array(3) [ 0, 1, 2 ]
  console.log(recommend(model, 0, { allow: [1, 2, 4], deny: [4] }).items); // Int32Array(1) [ 2 ]
});

example(recommendBatch, async () => {
  // Users 0 and 1 like items 0 to 2, users 2 and 3 items 3 to 5; users 0 and 3 have not bought all of them yet.
  const rowIndices = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3];
  const columnIndices = [0, 1, 0, 1, 2, 3, 4, 5, 3, 4];
  const model = buildRecommender({ seed: 1 });
  await fit(model, buildCoo({ rows: 4, columns: 6, rowIndices, columnIndices }), { epochs: 30 });
  console.log(recommendBatch(model, [0, 3], { count: 1 }).items); // Int32Array(2) [ 2, 5 ]
  const { items } = recommendBatch(model, [0, 3], { count: 2, allow: [2, 3, 4] });
  console.log(items.subarray(2)); // Int32Array(2) [ 2, -1 ]
});

example(recommendFor, async () => {
  // Anna and Ben like clothes, Cleo likes the outdoors; Anna has not bought the scarf yet.
  const items = ["coat", "hat", "scarf", "tent", "rope", "map"];
  const dataset = buildDataset({ users: ["anna", "ben", "cleo"], items });
  const { interactions } = buildInteractions(dataset, {
    users: ["anna", "anna", "ben", "ben", "ben", "cleo", "cleo", "cleo"],
    items: ["coat", "hat", "coat", "hat", "scarf", "tent", "rope", "map"],
  });
  const model = buildRecommender({ seed: 1 });
  await fit(model, interactions, { epochs: 30 });
  console.log(recommendFor(dataset, model, "anna", { count: 1 }).items); // [ 'scarf' ]
  console.log(recommendFor(dataset, model, "ben", { deny: ["tent", "map"] }).items); // [ 'rope' ]
});

example(recommendForAll, async () => {
  // Anna and Ben like clothes, Cleo and Dora like the outdoors.
  const users = ["anna", "anna", "ben", "ben", "ben", "cleo", "cleo", "cleo", "dora", "dora"];
  const items = ["coat", "hat", "coat", "hat", "scarf", "tent", "rope", "map", "tent", "rope"];
  const dataset = buildDataset({ users, items });
  const { interactions } = buildInteractions(dataset, { users, items });
  const model = buildRecommender({ seed: 1 });
  await fit(model, interactions, { epochs: 30 });
  const [anna, dora] = recommendForAll(dataset, model, ["anna", "dora"], { count: 1 });
  console.log(anna.user, anna.items); // anna [ 'scarf' ]
  console.log(dora.user, dora.items); // dora [ 'map' ]
});
