import assert from "node:assert/strict";
import { test } from "node:test";
import { coverageSteps } from "../../lib/chart/coverageSteps";
import type { ScatterTrace } from "../../lib/chart/figure";

const steps = [
  { step: 1, coverage: 0.85, count: 64 },
  { step: 2, coverage: 0.7, count: 16 },
];

test("coverageSteps() draws measured and promised shares, and what chance alone would do", () => {
  const [chance, promised, measured] = coverageSteps(steps, { promised: 0.8 }).data as ScatterTrace[];
  assert.deepEqual([measured.x, measured.y, measured.mode], [[1, 2], [0.85, 0.7], "markers"]); // prettier-ignore
  assert.deepEqual(promised.y, [0.8, 0.8]);
  assert.deepEqual(chance.x, [1, 2, 2, 1]);
  assert.deepEqual(chance.y, [0.702, 0.604, 0.996, 0.898]); // 1.96 · 0.4 / 8 and / 4
  assert.throws(() => coverageSteps([]), { name: "TypeError", message: /there are no steps; give one or more/ });
});
