import assert from "node:assert/strict";
import { test } from "node:test";
import { type Run, spreads, spreadTable } from "../../../lib/recommend/metrics/spreads";

const runs: Run[] = [
  { model: "WARP", scores: { AUC: 0.7, coverage: 1 } },
  { model: "BPR", scores: { AUC: 0.5 } },
  { model: "WARP", scores: { AUC: 0.9, coverage: 1 } },
];

test("spreads() gives mean, deviation and extremes by model and metric", () => {
  const [auc, coverage, other, ...rest] = spreads(runs);
  assert.deepEqual([auc.model, auc.metric, auc.low, auc.high], ["WARP", "AUC", 0.7, 0.9]);
  assert.ok(Math.abs(auc.mean - 0.8) < 1e-12 && Math.abs(auc.deviation - Math.SQRT2 / 10) < 1e-12);
  assert.deepEqual(coverage, { model: "WARP", metric: "coverage", mean: 1, deviation: 0, low: 1, high: 1 });
  assert.deepEqual(other, { model: "BPR", metric: "AUC", mean: 0.5, deviation: 0, low: 0.5, high: 0.5 });
  assert.deepEqual(rest, []);
});

test("spreadTable() makes a line of each model", () => {
  assert.deepEqual(spreadTable(spreads(runs), 2), [
    { model: "WARP", AUC: "0.80 ± 0.14", coverage: "1.00 ± 0.00" },
    { model: "BPR", AUC: "0.50 ± 0.00" },
  ]);
});
