import assert from "node:assert/strict";
import { test } from "node:test";
import { spawnKernel } from "../../lib/runner/kernelProcess";

/** A process in place of a kernel, which runs this code. */
const spawned = (code: string) =>
  spawnKernel({ argv: [process.execPath, "-e", code], env: {} }, process.cwd(), process.env);

test("spawnKernel() has heard the last words of a process when it says that it is gone", async () => {
  const code = `require("fs").writeSync(2, "x".repeat(9000) + "Address already in use"); process.kill(process.pid, "SIGKILL");`;
  const gone = Array.from({ length: 8 }, () => spawned(code));
  for (const { exited, lastWords } of gone) {
    assert.equal(await exited, "signal SIGKILL");
    assert.match(lastWords(), /^x{3978}Address already in use$/);
  }
});

test("spawnKernel() says that a process is gone also where one that it has started keeps its pipes", async () => {
  const sleeper = `require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)"], { stdio: "inherit" });`;
  const { exited, end } = spawned(`${sleeper} process.exit(3);`);
  assert.equal(await exited, "exit code 3");
  await end();
});
