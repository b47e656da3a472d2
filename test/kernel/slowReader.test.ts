import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Subscriber } from "zeromq";
import { decodeMessage } from "../../lib/runner/wire";
import { within } from "../../lib/runner/within";
import { startLiveKernel } from "./liveKernel";

const LINES = 150_000; // of a thousand characters each

test("a reader that sleeps holds the cell up, memory stays bounded, and it misses nothing when it wakes", async () => {
  const kernel = await startLiveKernel();
  const { connection, process: child } = kernel;
  const reader = new Subscriber({ receiveHighWaterMark: 1, linger: 0 });
  try {
    reader.connect(`tcp://127.0.0.1:${connection.iopub_port}`);
    reader.subscribe("stream");
    await kernel.run("const line = 'x'.repeat(999);");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = residentMegabytes(child.pid);
    const answer = kernel.run(`for (let i = 0; i < ${LINES}; i++) console.log(line)`);
    assert.equal(await within(2, answer), undefined);
    const more = residentMegabytes(child.pid) - before;
    assert.ok(more < 400, `${more} MB`);
    let characters = 0;
    while (characters < LINES * 1000) {
      const { header, content } = decodeMessage(await reader.receive(), connection.key);
      if (header.msg_type === "stream") characters += String(content.text).length;
    }
    assert.equal(characters, LINES * 1000);
    assert.equal((await answer).content.status, "ok");
  } finally {
    reader.close();
    await kernel.end();
  }
});

test("a reader that sleeps does not keep the kernel from leaving", async () => {
  const kernel = await startLiveKernel();
  const reader = new Subscriber({ receiveHighWaterMark: 1, linger: 0 });
  try {
    reader.connect(`tcp://127.0.0.1:${kernel.connection.iopub_port}`);
    reader.subscribe("stream");
    await new Promise((resolve) => setTimeout(resolve, 300));
    void kernel.run(`const line = "x".repeat(999); for (;;) console.log(line)`);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    kernel.client.request("control", "shutdown_request", { restart: false });
    assert.ok(await within(5, kernel.process.exited));
  } finally {
    reader.close();
    await kernel.end();
  }
});

/** Memory a process holds; 0 where nobody tells. */
function residentMegabytes(pid: number): number {
  const file = `/proc/${pid}/status`;
  return existsSync(file) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1]) / 1024 : 0;
}
