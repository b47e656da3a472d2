import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { followCell, streamProgress } from "../../lib/runner/progress";

function recorder(options: { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = [];
  return { written, stream: { ...options, write: (text: string) => written.push(text) } };
}

test("followCell() writes a line when the cell ends, and one every ten seconds of a long one", () => {
  mock.timers.enable({ apis: ["setInterval", "Date"] });
  const { written, stream } = recorder();
  let text = "";
  const finish = followCell(streamProgress(stream), "[1/2] Train", () => text);
  mock.timers.tick(9_000);
  assert.deepEqual(written, []);
  text = "epoch 1\nepoch 2\n";
  for (const step of [1_000, 10_000]) mock.timers.tick(step);
  finish();
  mock.timers.tick(60_000);
  mock.timers.reset();
  assert.deepEqual(written, ["         … 10 s  epoch 2\n", "         … 20 s  epoch 2\n", "[1/2] Train  … 20 s\n"]);
});

test("followCell() writes one line over and over on a terminal, cut to its width", () => {
  mock.timers.enable({ apis: ["setInterval", "Date"] });
  const { written, stream } = recorder({ isTTY: true, columns: 30 });
  const finish = followCell(streamProgress(stream), "[1/2] Train", () => "step 3 of 1000 and more");
  mock.timers.tick(200);
  finish("failed");
  mock.timers.reset();
  assert.deepEqual(written, [
    "\r\u001b[K[1/2] Train  … 0.0 s  step 3 ",
    "\r\u001b[K[1/2] Train  … 0.2 s  step 3 ",
    "\r\u001b[K[1/2] Train  failed  … 0.2 s\n",
  ]);
});
