import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { kernelSpec as ourSpec, stockKernelSpec } from "../../lib/kernel/kernelSpec";
import { KernelDeathError, startKernel } from "../../lib/runner/startKernel";

const fixtures = join(__dirname, "../fixtures/notebooks");

/** Whether a process is gone (or a zombie that nobody has asked about yet), or will be within two seconds. */
async function isGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 40; attempt++) {
    try {
      process.kill(pid, 0);
      if (process.platform === "linux" && /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) return true;
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

for (const kernelSpec of [ourSpec, stockKernelSpec])
  test(`${kernelSpec.name}() gives startKernel() a kernel that runs code after an error and leaves nothing when it is shut down`, async () => {
    let connectionFile = "";
    const spec = (file: string) => kernelSpec((connectionFile = file));
    const kernel = await startKernel(fixtures, { spec, env: { COLOUR: "blue" } });
    const heard: unknown[] = [];
    const execute = (code: string) =>
      kernel.execute(code, ({ header, content }) => void (header.msg_type === "stream" && heard.push(content.text)));
    try {
      // Asked at once, the second request is aborted, or meets the pause in which stock tslab drops what it is asked.
      const replies = await Promise.all([execute("throw new Error('no')"), execute("console.log(process.env.COLOUR)")]);
      assert.deepEqual(
        replies.map(({ status }) => status),
        ["error", "ok"],
      );
      assert.equal(heard.at(-1), "blue\n");
      await execute(`const helper = require("child_process").spawn("sleep", ["60"]); console.log(helper.pid)`);
    } finally {
      await kernel.shutdown({ grace: 0.3 }); // its child would keep it longer
    }
    assert.ok(await isGone(kernel.pid));
    assert.ok(await isGone(Number(heard.at(-1))), "what the kernel had started");
    assert.ok(!existsSync(dirname(connectionFile)));
    await assert.rejects(
      kernel.execute("1", () => {}),
      KernelDeathError,
    );
  });

test("startKernel() ends a kernel that never answers", async () => {
  let pid = 0;
  const spec = () => ({
    argv: [process.execPath, "-e", "console.log(process.pid); setInterval(() => {}, 1000)"],
    env: {},
  });
  await assert.rejects(startKernel(fixtures, { spec, timeout: 1 }), (error: Error) => {
    pid = Number(/\d+$/.exec(error.message)?.[0]);
    assert.match(error.message, /^The kernel gave no answer within 1 s of its start\. Its last words:\n\d+$/);
    return error instanceof KernelDeathError;
  });
  assert.ok(await isGone(pid));
});

describe("leaves no kernel", { concurrency: 3, skip: process.platform === "win32" }, () => {
  for (const end of ["SIGINT", "SIGTERM", "throw"] as const)
    test(
      `startKernel() leaves no kernel when its own process ends by ${end}`,
      { skip: process.platform === "win32" },
      async () => {
        const script = `
      require("./lib/commands/loadTypeScript");
      const { spawnKernel } = require("./lib/runner/kernelProcess");
      const kernel = spawnKernel({ argv: [process.execPath, "-e", "setInterval(() => {}, 1000)"], env: {} }, ".", process.env);
      console.log(kernel.pid);
      process.stdin.once("data", () => { throw new Error("unexpected"); });`;
        const cwd = join(__dirname, "../..");
        const runner = spawn(process.execPath, ["-e", script], { cwd, stdio: ["pipe", "pipe", "ignore"] });
        const exit = once(runner, "exit");
        const [printed] = await once(runner.stdout, "data");
        if (end === "throw") runner.stdin.end("now");
        else runner.kill(end);
        const [code, signal] = await exit;
        assert.deepEqual([code, signal], end === "throw" ? [1, null] : [null, end]);
        assert.ok(await isGone(Number(String(printed))));
      },
    );
});
