import { buildDataset, featureNames } from "../../../lib/recommend/dataset";
import { buildItemFeatures, buildUserFeatures, itemFeatureRow, userFeatureRow } from "../../../lib/recommend/features";
import { example } from "../example";

example(buildItemFeatures, () => {
  const dataset = buildDataset({ items: ["tent", "novel"], itemFeatures: ["outdoor", "book"] });
  const bags = { tent: ["outdoor"], novel: { book: 3 } };
  const { indices, values } = buildItemFeatures(dataset, Object.entries(bags));
  console.log(featureNames(dataset.items)); // [ 'tent', 'novel', 'outdoor', 'book' ]
  console.log(indices); // Int32Array(4) [ 0, 2, 1, 3 ]
  console.log(values); // Float32Array(4) [ 0.5, 0.5, 0.25, 0.75 ]
});

example(buildUserFeatures, () => {
  const dataset = buildDataset({ users: ["Ann", "Bob"], userFeatures: ["climber", "reader"] });
  const bags = { Ann: ["climber", "reader"], Bob: ["reader"] };
  const { rows, columns, indices, values } = buildUserFeatures(dataset, Object.entries(bags), { normalize: false });
  console.log(rows, columns); // 2 4
  console.log(indices); // Int32Array(5) [ 0, 2, 3, 1, 3 ]
  console.log(values); // Float32Array(5) [ 1, 1, 1, 1, 1 ]
});

example(itemFeatureRow, () => {
  const dataset = buildDataset({ items: ["tent", "novel"], itemFeatures: ["outdoor", "book"] });
  // A guide for climbers, which is not in the data set.
  console.log(itemFeatureRow(dataset, { book: 3, outdoor: 1 })); // { indices: [ 3, 2 ], values: [ 0.75, 0.25 ] }
  console.log(itemFeatureRow(dataset, ["book"])); // { indices: [ 3 ], values: [ 1 ] }
});

example(userFeatureRow, () => {
  const dataset = buildDataset({ users: ["Ann", "Bob"], userFeatures: ["climber", "reader"] });
  console.log(userFeatureRow(dataset, ["climber", "reader"])); // { indices: [ 2, 3 ], values: [ 0.5, 0.5 ] }
  console.log(userFeatureRow(dataset, { reader: 2 }, { normalize: false })); // { indices: [ 3 ], values: [ 2 ] }
});
