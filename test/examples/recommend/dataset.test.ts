import { buildDataset, datasetShape, extendDataset, featureCount, featureNames } from "../../../lib/recommend/dataset";
import { example } from "../example";

example(buildDataset, () => {
  const dataset = buildDataset({ users: ["Ann", "Bob", "Ann"], items: ["tent", "rope", "novel"] });
  console.log(dataset.users.ids); // [ 'Ann', 'Bob' ]
  console.log(dataset.items.rowOf.get("novel")); // 2
  console.log(dataset.items.ids[1]); // rope
});

example(extendDataset, () => {
  const dataset = buildDataset({ users: ["Ann", "Bob"], items: ["tent"] });
  extendDataset(dataset, { users: ["Bob", "Cem"], items: ["rope"] });
  console.log(dataset.users.ids); // [ 'Ann', 'Bob', 'Cem' ]
  console.log(dataset.items.rowOf.get("rope")); // 1
});

example(datasetShape, () => {
  const dataset = buildDataset({ users: ["Ann", "Bob"], items: ["tent", "rope", "novel"], itemFeatures: ["outdoor"] });
  console.log(datasetShape(dataset)); // { users: 2, items: 3, userFeatures: 2, itemFeatures: 4 }
});

example(featureCount, () => {
  const ids = { items: ["tent", "rope", "novel"], itemFeatures: ["outdoor", "book"] };
  console.log(featureCount(buildDataset(ids).items)); // 5
  console.log(featureCount(buildDataset({ ...ids, itemIdentity: false }).items)); // 2
});

example(featureNames, () => {
  const dataset = buildDataset({ items: ["tent", "novel"], itemFeatures: ["outdoor", "book"] });
  extendDataset(dataset, { items: ["rope"] });
  console.log(featureNames(dataset.items)); // [ 'tent', 'novel', 'outdoor', 'book', 'rope' ]
});
