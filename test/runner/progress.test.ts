import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { followCell, streamProgress } from "../../lib/runner/progress";
import { newRequest } from "../../lib/runner/wire";

function recorder(options: { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = [];
  return { written, stream: { ...options, write: (text: string) => written.push(text) } };
}

/** Lets time pass only when it is told to, that of Date and of performance. */
function mockClock(): () => void {
  mock.timers.enable({ apis: ["setInterval", "Date"] });
  const now = mock.method(performance, "now", () => Date.now());
  return () => {
    now.mock.restore();
    mock.timers.reset();
  };
}

const printed = (text: string) => newRequest("kernel", "stream", { name: "stdout", text });

test("followCell() writes one line for a cell that says nothing, with how it ended", () => {
  const endClock = mockClock();
  const { written, stream } = recorder();
  const cell = followCell(streamProgress(stream), "[1/2] Train", () => "");
  mock.timers.tick(2_000);
  cell.finish("failed");
  endClock();
  assert.deepEqual(written, ["[1/2] Train  failed  … 2.0 s\n"]);
});

test("followCell() writes a long cell's title, its lines, and one every ten seconds with what is not told yet", () => {
  const endClock = mockClock();
  const { written, stream } = recorder();
  let text = "";
  const cell = followCell(streamProgress(stream), "[1/2] Train", () => text);
  mock.timers.tick(9_000);
  assert.deepEqual(written, []);
  text = "batch 7";
  mock.timers.tick(1_000);
  cell.onMessage(printed("\u001b[1mepoch\u001b[0m 1\nepo"));
  text = "epoch 1\n";
  mock.timers.tick(10_000);
  cell.onMessage(printed("ch 2"));
  cell.finish();
  mock.timers.tick(60_000);
  endClock();
  assert.deepEqual(written, [
    "[1/2] Train\n",
    "        … 10 s  batch 7\n",
    "        epoch 1\n",
    "        … 20 s\n",
    "        epoch 2\n",
    "        … 20 s\n",
  ]);
});

test("followCell() writes the last line over and over on a terminal, cut to its width", () => {
  const endClock = mockClock();
  const { written, stream } = recorder({ isTTY: true, columns: 30 });
  let text = "step 3 of 1000 and more";
  const cell = followCell(streamProgress(stream), "[1/2] Train", () => text);
  mock.timers.tick(200);
  cell.onMessage(printed("\u001b[31mred\u001b[2J\n"));
  text = "half a line";
  mock.timers.tick(200);
  cell.finish();
  endClock();
  assert.deepEqual(written, [
    "\r\u001b[K[1/2] Train  … 0.0 s  step 3 ",
    "\r\u001b[K[1/2] Train  … 0.2 s  step 3 ",
    "\r\u001b[K[1/2] Train\n",
    "\r\u001b[K        \u001b[31mred\u001b[0m\n",
    "\r\u001b[K        … 0.4 s  half a line",
    "\r\u001b[K        … 0.4 s\n",
  ]);
});
