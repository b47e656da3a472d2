import assert from "node:assert/strict";
import { test } from "node:test";
import { buildDataset } from "../../lib/recommend/dataset";
import { buildInteractions, streamInteractions, type InteractionRows } from "../../lib/recommend/interactions";

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

const rows = [
  ["anna", 7],
  ["ben", "coat", 0.5],
  ["anna", 7, 2],
  ["cleo", "bag"],
] as [string, string | number, number?][];

test("streamInteractions() reads rows as they come, and registers what is new", async () => {
  const dataset = buildDataset({ users: ["zoe"], itemFeatures: ["warm"] });
  async function* stream() {
    for (const row of rows) yield row;
    yield { users: ["ben", "dora"], items: [7, "hat"], weights: [3, 4] };
  }
  const { interactions, weights } = await streamInteractions(dataset, stream());
  assert.deepEqual(dataset.users.ids, ["zoe", "anna", "ben", "cleo", "dora"]);
  assert.deepEqual(dataset.items.ids, [7, "coat", "bag", "hat"]);
  assert.deepEqual([interactions.rows, interactions.columns], [5, 4]);
  assert.deepEqual([...interactions.rowIndices], [1, 2, 1, 3, 2, 4]);
  assert.deepEqual([...interactions.columnIndices], [0, 1, 0, 2, 0, 3]);
  assert.deepEqual([...weights.values], [1, 0.5, 2, 1, 3, 4]);
  assert.ok(interactions.values.every((value) => value === 1) && interactions.values.length === 6);
});

test("streamInteractions() gives what buildInteractions() does of ids known already", async () => {
  const dataset = buildDataset({ users: ["anna", "ben", "cleo"], items: [7, "coat", "bag"] });
  assert.deepEqual(await streamInteractions(dataset, rows), buildInteractions(dataset, rows));
});

test("streamInteractions() refuses rows of another form", async () => {
  const refused = (row: unknown, error: { name: string; message: string }) =>
    assert.rejects(streamInteractions(buildDataset(), [["a", "b"], row] as [string, string][]), error);
  await refused(["a"], {
    name: "TypeError",
    message: 'streamInteractions(): row 1 is ["a"]; wanted [user, item] or [user, item, weight]',
  });
  await refused("ab", {
    name: "TypeError",
    message: 'streamInteractions(): row 1 is "ab"; wanted [user, item] or [user, item, weight]',
  });
  await refused([NaN, "b"], {
    name: "TypeError",
    message: "extendDataset(): user 0 is NaN; wanted a string or a finite number for a name",
  });
  await refused(["a", "b", Infinity], {
    name: "RangeError",
    message: "streamInteractions(): weight 1 is Infinity; wanted a finite number; drop or replace it",
  });
});
