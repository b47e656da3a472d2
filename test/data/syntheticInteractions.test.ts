import assert from "node:assert/strict";
import { test } from "node:test";
import { syntheticInteractions } from "../../lib/data/syntheticInteractions";
import { numpyRandom, seededRandom } from "../../lib/random";
import numpy from "../fixtures/numpy.json";

const labels = Uint8Array.from({ length: 60_000 }, (_, item) => (item * 7) % 10);

test("syntheticInteractions() draws what NumPy draws from the same generator", () => {
  const { seed, item_id, clicked, purchased } = numpy.interactions;
  const table = syntheticInteractions({ random: numpyRandom(seed) });
  assert.deepEqual(table.array("item_id"), item_id);
  assert.deepEqual(table.array("clicked"), clicked);
  assert.deepEqual(table.array("purchased"), purchased);
});

test("syntheticInteractions() gives 50 users 20 rows each, in typed columns", () => {
  const table = syntheticInteractions();
  assert.deepEqual(table.columnNames(), ["user_id", "item_id", "clicked", "purchased"]);
  assert.deepEqual(
    table.array("user_id"),
    Array.from({ length: 1000 }, (_, row) => Math.floor(row / 20)),
  );
  const types = table.columnNames().map((name) => table.column(name)?.constructor);
  assert.deepEqual(types, [Int32Array, Int32Array, Uint8Array, Uint8Array]);
});

test("syntheticInteractions() clicks 3 of 10 and buys 1 of 10, independently", () => {
  const rows = syntheticInteractions({ users: 1000, rows: 100 }).objects() as Record<string, number>[];
  const share = (test: (row: Record<string, number>) => number | boolean) => rows.filter(test).length / rows.length;
  assert.ok(Math.abs(share((row) => row.clicked) - 0.3) < 0.005);
  assert.ok(Math.abs(share((row) => row.purchased) - 0.1) < 0.005);
  assert.ok(Math.abs(share((row) => row.clicked && row.purchased) - 0.03) < 0.003);
  assert.ok(rows.every(({ item_id }) => item_id >= 0 && item_id < 60_000));
});

test("syntheticInteractions() plants a preference of the asked strength, and none by default", () => {
  const liked = (strength?: number) => {
    const preference = strength === undefined ? undefined : { labels, strength };
    const rows = syntheticInteractions({ rows: 400, preference }).objects() as Record<string, number>[];
    return rows.filter(({ user_id, item_id }) => labels[item_id] === user_id % 10).length / rows.length;
  };
  assert.ok(Math.abs(liked() - 0.1) < 0.01, `${liked()}`);
  assert.ok(Math.abs(liked(0) - 0.1) < 0.01);
  assert.ok(Math.abs(liked(0.5) - 0.55) < 0.02, `${liked(0.5)}`);
  assert.equal(liked(1), 1);
});

test("syntheticInteractions() is the same for the same seed alone", () => {
  const rows = (seed: number) => syntheticInteractions({ random: seededRandom(seed) }).objects();
  assert.deepEqual(rows(42), syntheticInteractions().objects());
  assert.notDeepEqual(rows(42), rows(43));
});

test("syntheticInteractions() refuses counts, strengths and labels that cannot be", () => {
  const refuse = (options: object, name: string, message: string) =>
    assert.throws(() => syntheticInteractions(options), { name, message: `syntheticInteractions(): ${message}` });
  refuse({ users: 0 }, "RangeError", "users 0 is not an integer of 1 or more");
  refuse({ rows: 1.5 }, "RangeError", "rows 1.5 is not an integer of 1 or more");
  refuse({ items: -1 }, "RangeError", "items -1 is not an integer of 1 or more");
  refuse({ preference: { labels, strength: 2 } }, "RangeError", "strength 2 is not between 0 and 1");
  const few = { labels: [1, 2], strength: 1 };
  refuse({ preference: few }, "TypeError", "got 2 labels for 60000 items, wanted one each");
  refuse(
    { items: 2, preference: few },
    "RangeError",
    "no item has the label 0; a preference needs items of every class",
  );
  refuse(
    { items: 2, preference: { labels: [1, 10], strength: 1 } },
    "RangeError",
    "item 1 has the label 10, wanted 0 to 9",
  );
});
