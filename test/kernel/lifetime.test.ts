import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { kernelSpec } from "../../lib/kernel/kernelSpec";
import { newConnection, writeConnectionFile } from "../../lib/runner/connection";
import { connectKernel } from "../../lib/runner/kernelClient";
import type { Message } from "../../lib/runner/wire";
import { within } from "../../lib/runner/within";
import { startLiveKernel, until } from "./liveKernel";

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform === "linux" && /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

for (const [name, code] of Object.entries({
  idle: "1",
  awaiting: "console.log('begun'); await new Promise(() => {})",
  looping: "console.log('begun'); while (true) {}",
}))
  test(`shutdown is answered by an ${name} kernel, which leaves no process`, async () => {
    const kernel = await startLiveKernel();
    let isBegun = false;
    const listener = ({ header }: Message) => void (isBegun ||= header.msg_type === "stream");
    const { idle } = kernel.client.request("shell", "execute_request", { code }, listener);
    await (name === "idle" ? idle : until(() => isBegun));
    const { reply } = kernel.client.request("control", "shutdown_request", { restart: true });
    const { header, content } = await reply;
    assert.deepEqual([header.msg_type, content], ["shutdown_reply", { status: "ok", restart: true }]);
    assert.ok(await within(3, kernel.process.exited));
    assert.ok(isGone(kernel.process.pid));
    await kernel.end();
  });

test("process.exit() ends its cell, with all that it printed; the kernel and its variables stay", async () => {
  const kernel = await startLiveKernel();
  try {
    const exiting = await kernel.run("const kept = 5; for (let i = 0; i < 5000; i++) console.log(i); process.exit(3)");
    assert.equal(exiting.printed(), Array.from({ length: 5000 }, (_, index) => `${index}\n`).join(""));
    const { status, ename, evalue } = exiting.content;
    assert.deepEqual([status, ename], ["error", "ProcessExit"]);
    assert.match(evalue, /^process\.exit\(3\) ended this cell; the kernel goes on/);
    assert.equal((await kernel.run("kept")).of("execute_result")[0].data["text/plain"], "5");
    const well = await kernel.run("await null; process.exit(); console.log('no')");
    assert.deepEqual([well.content.status, well.printed()], ["ok", ""]);
    assert.match(well.printed("stderr"), /^process\.exit\(\) ended this cell/);
    assert.equal((await kernel.run("process.abort()")).content.ename, "ProcessExit");
    const later = "setTimeout(() => process.exit(2), 0); await new Promise((done) => setTimeout(done, 50)); kept + 1";
    const late = await kernel.run(later);
    assert.match(late.printed("stderr"), /ProcessExit: process\.exit\(2\)/);
    assert.equal(late.of("execute_result")[0].data["text/plain"], "6");
  } finally {
    await kernel.end();
  }
});

test(
  "a kernel ends within three seconds when the program that started it is killed",
  { skip: process.platform === "win32" },
  async () => {
    const connection = await newConnection();
    const { file, remove } = writeConnectionFile(connection);
    const { argv } = kernelSpec(file);
    const script = `const { spawn } = require("child_process");
    const kernel = spawn(${JSON.stringify(argv[0])}, ${JSON.stringify(argv.slice(1))}, { detached: true, stdio: "ignore" });
    console.log(kernel.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", script], {
      cwd: join(__dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [printed] = await once(parent.stdout, "data");
    const pid = Number(String(printed));
    const client = connectKernel(connection);
    try {
      await client.request("shell", "kernel_info_request", {}).reply; // it has looked who started it
      assert.ok(!isGone(pid));
      parent.kill("SIGKILL");
      await until(() => isGone(pid), 3);
    } finally {
      client.close();
      remove();
    }
  },
);

test(
  "a kernel ends when the program that started it was gone before the kernel could look",
  { skip: process.platform === "win32" },
  async () => {
    const { file, remove } = writeConnectionFile(await newConnection());
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "exit");
    const [program, ...args] = kernelSpec(file).argv;
    const env = { ...process.env, JPY_PARENT_PID: String(gone.pid) };
    const kernel = spawn(program, args, { env, cwd: join(__dirname, "../.."), stdio: "ignore" });
    try {
      assert.deepEqual(await within(20, once(kernel, "exit")), [null, "SIGKILL"]);
    } finally {
      kernel.kill("SIGKILL");
      remove();
    }
  },
);
