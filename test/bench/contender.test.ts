import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Contender, startContender } from "../../bench/contender";

const started: Contender[] = [];
after(() => started.forEach(({ close }) => close())); // also where a test has failed

/** A contender that runs a few lines of JavaScript. */
function start(code: string): Contender {
  const contender = startContender({ program: process.execPath, args: ["-e", code], env: {}, threads: 1 });
  started.push(contender);
  return contender;
}

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
  const { receive, ask, close } = start(ECHO);
  assert.deepEqual(await receive(), { description: "an echo" });
  const { seconds, pid } = await ask<Echo>({ count: 3 });
  assert.equal(seconds, 3);
  assert.equal((await ask<Echo>({ count: 5 })).seconds, 5);
  await assert.rejects(ask({ count: 0 }), /: nothing to do$/);
  close();
  await assert.rejects(ask({ count: 3 }), /it ended \(SIGKILL\)$/);
  assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
});

test("startContender() says how a contender ended and what it said", async () => {
  const { receive, ask } = start(ECHO);
  await receive();
  await assert.rejects(ask({ count: -1 }), /it ended \(exit code 3\): it broke$/);
  await assert.rejects(start("process.exit(4)").receive(), /it ended \(exit code 4\)$/);
  await assert.rejects(start(`console.log('{"error": "no backend"}')`).receive(), /: no backend$/);
  const missing = startContender({ program: "no-such-program", args: [], env: {}, threads: 64 });
  await assert.rejects(missing.receive(), /ENOENT/);
});
