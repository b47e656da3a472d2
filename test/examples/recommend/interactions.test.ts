import { buildDataset } from "../../../lib/recommend/dataset";
import { buildInteractions, streamInteractions } from "../../../lib/recommend/interactions";
import { example } from "../example";

example(buildInteractions, () => {
  const dataset = buildDataset({ users: ["Ann", "Bob"], items: ["tent", "rope", "novel"] });
  const { interactions, weights } = buildInteractions(dataset, [
    ["Bob", "novel"],
    ["Ann", "tent", 2.5],
  ]);
  console.log(interactions.rowIndices, interactions.columnIndices); // Int32Array(2) [ 1, 0 ] Int32Array(2) [ 2, 0 ]
  console.log(interactions.values, weights.values); // Float32Array(2) [ 1, 1 ] Float32Array(2) [ 1, 2.5 ]
});

example(streamInteractions, async () => {
  // In the place of a file or a network: two portions of purchases, one after the other.
  async function* purchases() {
    yield { users: ["Ann", "Bob"], items: ["tent", "rope"] };
    yield { users: ["Ann"], items: ["novel"] };
  }
  const dataset = buildDataset();
  const { interactions } = await streamInteractions(dataset, purchases());
  console.log(dataset.users.ids, dataset.items.ids); // [ 'Ann', 'Bob' ] [ 'tent', 'rope', 'novel' ]
  console.log(interactions.rowIndices); // Int32Array(3) [ 0, 1, 0 ]
  console.log(interactions.columnIndices); // Int32Array(3) [ 0, 1, 2 ]
});
