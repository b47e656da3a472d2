import assert from "node:assert/strict";
import { test } from "node:test";
import { listCases } from "../../../bench/warp/speedCases";
import { formatRows, toRow } from "../../../bench/warp/speedReport";

test("listCases() is a handful, all, or those that hold a text", () => {
  const options = { threads: [1, 2], epochs: 3 };
  const names = (more: object) => listCases({ ...options, ...more }).map(({ name, threads }) => `${name} ${threads}`);
  assert.deepEqual(names({}), [
    "warp d=30 planted 1",
    "bpr d=30 planted 1",
    "logistic d=30 planted 1",
    "recommend d=30 planted 1",
    "memory warp d=30 planted 1",
    "warp d=128 planted 1",
    "warp d=30 features planted 1",
    "warp d=30 retail 1",
    "warp d=30 planted 2",
    "warp d=128 planted 2",
    "warp d=30 features planted 2",
    "warp d=30 retail 2",
  ]);
  assert.equal(names({ all: true }).length, 2 * 2 * 4 * (3 + 3 + 2));
  assert.deepEqual(names({ text: "bpr d=64 features" }), [
    "bpr d=64 features planted 1",
    "bpr d=64 features retail 1",
    "bpr d=64 features planted 2",
    "bpr d=64 features retail 2",
  ]);
});

test("toRow() takes the median of the rounds' ratios, above 1 where we are better", () => {
  const [train, , , , memory] = listCases({ threads: [1], epochs: 3 });
  const round = (ours: number, peer: number) => ({ ours: { count: 6, seconds: ours }, peer: { count: 6, seconds: peer } }); // prettier-ignore
  const row = toRow(train, [round(1, 4), round(2, 4), round(1, 3)]);
  assert.deepEqual([row.ours, row.peer, row.ratio, row.low, row.high], [6, 1.5, 3, 2, 4]);
  assert.match(formatRows([row]), /warp d=30 planted +1 +interactions a second +6 +1\.5 +3\.00 +2\.00 to 4\.00/);
  const megabytes = { ours: { count: 50, seconds: 0 }, peer: { count: 100, seconds: 0 } };
  assert.equal(toRow(memory, [megabytes]).ratio, 2);
});
