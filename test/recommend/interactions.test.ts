import assert from "node:assert/strict";
import { test } from "node:test";
import { buildDataset } from "../../lib/recommend/dataset";
import { buildInteractions, type InteractionRows } from "../../lib/recommend/interactions";

const dataset = buildDataset({ users: ["anna", "ben"], items: [10, 20, 30] });

test("buildInteractions() keeps order and duplicates, and weights apart from the ones", () => {
  const { interactions, weights } = buildInteractions(dataset, [
    ["ben", 30, 0],
    ["anna", 10],
    ["ben", 30, 2.5],
  ]);
  assert.deepEqual([interactions.rows, interactions.columns], [2, 3]);
  assert.deepEqual([...interactions.rowIndices], [1, 0, 1]);
  assert.deepEqual([...interactions.columnIndices], [2, 0, 2]);
  assert.deepEqual([...interactions.values], [1, 1, 1]);
  assert.deepEqual([...weights.values], [0, 1, 2.5]);
});

test("buildInteractions() takes columns and generators as well", () => {
  function* rows(): Generator<[string, number, number]> {
    yield ["ben", 20, 3];
    yield ["anna", 10, 1];
  }
  const byColumn = { users: ["ben", "anna"], items: Int32Array.of(20, 10), weights: [3, 1] };
  assert.deepEqual(buildInteractions(dataset, byColumn), buildInteractions(dataset, rows()));
});

test("buildInteractions() refuses rows it cannot place", () => {
  const refused = (rows: unknown, name: string, message: string) =>
    assert.throws(() => buildInteractions(dataset, rows as InteractionRows), { name, message });
  refused(
    [["anna", 11]],
    "RangeError",
    "item 11 is unknown; the data set knows 3 items, such as 10, 20, 30; use one of them, or register it with extendDataset(dataset, { items: [11] })",
  );
  refused(
    [["anna"]],
    "TypeError",
    'buildInteractions(): row 0 is ["anna"]; wanted [user, item] or [user, item, weight]',
  );
  refused(
    [["anna", 10, NaN]],
    "RangeError",
    "buildInteractions(): weight 0 is NaN; wanted a finite number; drop or replace it",
  );
  refused(
    { users: ["anna"], items: [] },
    "TypeError",
    "buildInteractions(): 1 users, 0 items and 1 weights; give one of each for every interaction",
  );
});
