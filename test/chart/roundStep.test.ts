import assert from "node:assert/strict";
import { test } from "node:test";
import { roundStep } from "../../lib/chart/roundStep";

test("roundStep() gives the next of 1, 2, 5 times a power of ten", () => {
  const steps = [0.1, 0.11, 0.3, 1, 1.01, 3.9, 5, 6, 99, 100, 2900];
  assert.deepEqual(steps.map(roundStep), [0.1, 0.2, 0.5, 1, 2, 5, 5, 10, 100, 100, 5000]);
});
