import assert from "node:assert/strict";
import { test } from "node:test";
import { samplingRandom } from "../../lib/recommend/samplingRandom";

/** The same recurrence in whole numbers without limit. */
function naive(seed: bigint, draws: number): number[] {
  const word = (value: bigint) => value & 0xffffffffn;
  return Array.from({ length: draws }, () => {
    seed = word(seed * 1103515245n + 12345n);
    let mixed = seed ^ (seed >> 11n);
    mixed ^= word(mixed << 7n) & 0x9d2c5680n;
    mixed ^= word(mixed << 15n) & 0xefc60000n;
    return Number((mixed ^ (mixed >> 18n)) >> 1n);
  });
}

test("samplingRandom() agrees with its recurrence in whole numbers", () => {
  for (const seed of [0, 1, 12345, 2147483646, 4294967295]) {
    const draw = samplingRandom(seed);
    assert.deepEqual(Array.from({ length: 500 }, draw), naive(BigInt(seed), 500));
  }
});
