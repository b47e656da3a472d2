import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { cellOutcome } from "../../lib/runner/cellOutcome";
import type { Kernel } from "../../lib/runner/startKernel";

test("cellOutcome() lets a cell end where the limit is longer than a timer can be", async () => {
  const execute = async () => (await wait(30), { status: "ok" });
  const kernel = { execute, interrupt: () => assert.fail("interrupted") } as unknown as Kernel;
  for (const cellTimeout of [2_147_484, 1e9, Infinity]) {
    const outcome = await cellOutcome(kernel, { code: "", onMessage: () => {} }, { cellTimeout });
    assert.deepEqual(outcome, { kind: "answer", failed: false, kernelEnded: false });
  }
});
