import assert from "node:assert/strict";
import { test } from "node:test";
import { conformalBounds } from "../../lib/forecast/conformalBounds";
import { seededRandom } from "../../lib/random";

/** Draws from a skewed distribution: the exponential, less its mean. */
const skewed = (count: number, random: { uniform(): number }) =>
  Float64Array.from({ length: count }, () => -Math.log(1 - random.uniform()) - 1);

test("conformalBounds() holds the next error as often as was asked, whatever the distribution", () => {
  const random = seededRandom(1);
  for (const [count, coverage] of [
    [19, 0.8],
    [39, 0.9],
    [99, 0.5],
  ]) {
    const held = Array.from({ length: 4000 }, () => {
      const { low, high } = conformalBounds(skewed(count, random), { coverage });
      const [next] = skewed(1, random);
      return Number(low <= next && next <= high);
    });
    const share = held.reduce((sum, one) => sum + one) / held.length;
    assert.ok(Math.abs(share - coverage) < 0.025, `${share} instead of ${coverage}`);
  }
});

test("conformalBounds() leaves as many errors out below as above", () => {
  const errors = [9, 1, 8, 2, 7, 3, 6, 4, 5];
  assert.deepEqual(conformalBounds(errors), { low: 1, high: 9 }); // ranks floor(10 * 0.1) = 1
  assert.deepEqual(conformalBounds(errors, { coverage: 0.4 }), { low: 3, high: 7 });
  assert.deepEqual(errors, [9, 1, 8, 2, 7, 3, 6, 4, 5]);
});

test("conformalBounds() says how many errors it needs", () => {
  assert.throws(() => conformalBounds([1, 2, 3]), {
    name: "RangeError",
    message: "conformalBounds(): 3 errors are too few for a coverage of 0.8; give 9 or more",
  });
  assert.doesNotThrow(() => conformalBounds(new Float64Array(9)));
  assert.throws(
    () => conformalBounds([], { coverage: 1 }),
    /coverage 1 is not between 0 and 1; 0\.8 holds four in five/,
  );
  assert.throws(() => conformalBounds([...Array(9).keys(), NaN]), /an error is NaN, wanted finite numbers/);
});
