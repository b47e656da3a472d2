import assert from "node:assert/strict";
import { test } from "node:test";
import { startContender } from "../../bench/contender";

/** A contender that runs a few lines of JavaScript. */
const start = (code: string) => startContender({ program: process.execPath, args: ["-e", code], env: {}, threads: 1 });

const ECHO = `
  console.log('{"description": "an echo"}');
  const lines = require("readline").createInterface(process.stdin);
  lines.on("line", (line) => {
    const { count } = JSON.parse(line);
    if (count === 0) console.log('{"error": "nothing to do"}');
    else if (count < 0) process.exit(console.error("it broke") ?? 3);
    else console.log(JSON.stringify({ seconds: count, pid: process.pid }));
  });`;

interface Echo {
  seconds: number;
  pid: number;
}

test("startContender() starts a process that answers one task after the other until it is closed", async () => {
  const { hear, ask, close } = start(ECHO);
  assert.deepEqual(await hear(), { description: "an echo" });
  const { seconds, pid } = await ask<Echo>({ count: 3 });
  assert.equal(seconds, 3);
  assert.equal((await ask<Echo>({ count: 5 })).seconds, 5);
  await assert.rejects(ask({ count: 0 }), /: nothing to do$/);
  close();
  await assert.rejects(ask({ count: 3 }), /it ended \(SIGKILL\)$/);
  assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
});

test("startContender() says how a contender ended and what it said", async () => {
  const { hear, ask } = start(ECHO);
  await hear();
  await assert.rejects(ask({ count: -1 }), /it ended \(exit code 3\): it broke$/);
  await assert.rejects(start("process.exit(4)").hear(), /it ended \(exit code 4\)$/);
  await assert.rejects(start(`console.log('{"error": "no backend"}')`).hear(), /: no backend$/);
  const missing = startContender({ program: "no-such-program", args: [], env: {}, threads: 64 });
  await assert.rejects(missing.hear(), /ENOENT/);
});
