import assert from "node:assert/strict";
import { test } from "node:test";
import { normal, seededRandom } from "../../lib/random";
import { groupValues } from "../../lib/sweep/groupValues";
import { importance } from "../../lib/sweep/importance";

test("groupValues() groups equal numbers in order, words as they come, and neighbours where there are many", () => {
  assert.deepEqual(groupValues([10, 2, 10]), [{ label: "2", rows: [1] }, { label: "10", rows: [0, 2] }]); // prettier-ignore
  assert.deepEqual(groupValues(["b", "a", "b"]), [{ label: "b", rows: [0, 2] }, { label: "a", rows: [1] }]); // prettier-ignore
  assert.deepEqual(groupValues([true, [1]]).map(({ label }) => label), ["true", "[1]"]); // prettier-ignore
  const many = groupValues(Array.from({ length: 30 }, (_, index) => 29 - index));
  assert.deepEqual(many.map(({ rows }) => rows.length), [5, 5, 5, 5, 5, 5]); // prettier-ignore
  assert.deepEqual(many[0], { label: "≈2", rows: [29, 28, 27, 26, 25] });
  const small = groupValues(Array.from({ length: 9 }, (_, index) => (index + 1) / 81_000));
  assert.deepEqual(small.map(({ label }) => label), ["≈2.5e-5", "≈6.2e-5", "≈9.9e-5"]); // prettier-ignore
});

test("importance() finds the shares of the variance that were planted, and none where there is none", () => {
  const random = seededRandom(5);
  const rows = Array.from({ length: 4000 }, (_, index) => ({
    strong: index % 2,
    weak: Math.floor(index / 2) % 2,
    even: random.uniform(),
    none: Math.floor(index / 4) % 5,
  }));
  // Variances: 4 x 1/4, 1 x 1/4, 12 x 1/12, and 1 of the noise.
  const scores = rows.map(({ strong, weak, even }) => 2 * strong + weak + Math.sqrt(12) * even + normal(random));
  const share = (name: "strong" | "weak" | "even" | "none") =>
    importance(
      rows.map((row) => row[name]),
      scores,
    );
  assert.ok(Math.abs(share("strong") - 1 / 3.25) < 0.03, `${share("strong")}`);
  assert.ok(Math.abs(share("weak") - 0.25 / 3.25) < 0.03, `${share("weak")}`);
  assert.ok(Math.abs(share("even") - 1 / 3.25) < 0.03, `${share("even")}`);
  assert.ok(share("none") < 0.01, `${share("none")}`);
});

test("importance() is Kelley's ratio, by hand, and has no bias where few rows have many values", () => {
  // Means 1.5 and 3.5: within 1, total 5 (each around its mean); 1 - (1/2) / (5/3).
  assert.equal(importance(["a", "a", "b", "b"], [1, 2, 3, 4]).toFixed(12), "0.700000000000");
  const random = seededRandom(3);
  const shares = Array.from(
    { length: 300 },
    () =>
    importance([1, 1, 2, 2, 3, 3, 4, 4], Array.from({ length: 8 }, () => normal(random))), // prettier-ignore
  );
  const none = shares.filter((share) => share === 0).length / shares.length;
  assert.ok(none > 0.45, `${none} of the shares are 0`);
});

test("importance() is not known where it cannot be told", () => {
  assert.ok(Number.isNaN(importance([1, 2, 3], [1, 2, 3])));
  assert.ok(Number.isNaN(importance([1, 1], [1, 2])));
  assert.ok(Number.isNaN(importance([1, 1, 2], [4, 4, 4])));
});
