import assert from "node:assert/strict";
import { test } from "node:test";
import { newSandbox } from "../../lib/grading/sandbox";
import { startKernel } from "../../lib/runner/startKernel";

test("a kernel in the sandbox, where no thread may look into another, runs cells and hears an interrupt", async () => {
  const { folder, env, spec, remove } = newSandbox(2 ** 31, 1);
  const kernel = await startKernel(folder, { env, spec });
  try {
    const run = (code: string) => kernel.execute(code, () => {});
    assert.equal((await run("let log = 0;")).status, "ok");
    const waiting = run("log++; await new Promise((resolve) => setTimeout(resolve, 60_000)); log++;");
    setTimeout(kernel.interrupt, 1000);
    assert.equal((await waiting).status, "error");
    assert.equal((await run('if (log !== 1) throw new Error("the kernel has forgotten");')).status, "ok");
  } finally {
    await kernel.shutdown({ grace: 0 });
    remove();
  }
});
