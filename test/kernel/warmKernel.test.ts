import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { warmKernelSpec } from "../../lib/kernel/kernelSpec";
import { newConnection, writeConnectionFile } from "../../lib/runner/connection";
import { connectKernel } from "../../lib/runner/kernelClient";
import { within } from "../../lib/runner/within";
import { lessonsFolder, LONGEST } from "./liveKernel";

function startWarmKernel(): ChildProcess {
  const [node, ...args] = warmKernelSpec().argv;
  return spawn(node, args, { cwd: __dirname, stdio: ["pipe", "ignore", "inherit"] });
}

test("a kernel that was started ahead is the kernel of the folder, the environment and the connection that it is told", async () => {
  const warm = startWarmKernel();
  const connection = await newConnection();
  const { file, remove } = writeConnectionFile(connection);
  const env = { JPY_SESSION_NAME: "/lessons/later.ipynb", JPY_PARENT_PID: String(process.pid) };
  warm.stdin!.end(`${JSON.stringify({ connectionFile: file, folder: lessonsFolder, env })}\n`);
  const client = connectKernel(connection);
  try {
    const shown: string[] = [];
    const run = async (code: string) => {
      const { reply, idle } = client.request("shell", "execute_request", { code }, ({ content }) => {
        const data = content.data as Record<string, string> | undefined;
        if (data) shown.push(data["text/plain"]);
      });
      const answer = await within(LONGEST, Promise.all([reply, idle]));
      assert.ok(answer, `no answer to ${code}`);
      return answer[0].content;
    };
    // What is published before a client listens is lost.
    for (let heard: unknown, tries = 0; heard === undefined; tries++) {
      assert.ok(tries < 5 * LONGEST, "the kernel is not heard");
      const { reply, idle } = client.request("shell", "kernel_info_request", {});
      heard = await within(0.2, Promise.all([reply, idle]));
    }
    // What the compiler was warmed up with has declared nothing.
    await run('import { readFileSync } from "node:fs"; import { basename } from "node:path"; const squares = [4];');
    await run(
      "[process.cwd(), ...process.argv.slice(2), basename(__filename), readFileSync(0).length, ...squares].join()",
    );
    assert.deepEqual(shown, [[lessonsFolder, "--config-path", file, "later.ipynb", 0, 4].join()]);
    assert.match(String((await run("add(1)")).evalue), /TS2304/);
  } finally {
    client.request("control", "shutdown_request", { restart: false });
    assert.deepEqual(await once(warm, "exit"), [0, null]);
    client.close();
    remove();
  }
});

test("a kernel that was started ahead ends with whoever keeps it", async () => {
  const warm = startWarmKernel();
  warm.stdin!.end();
  assert.deepEqual(await once(warm, "exit"), [0, null]);
});
