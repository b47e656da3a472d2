import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Request } from "zeromq";
import { BEGIN, begun } from "./begun";
import { type LiveKernel, LONGEST, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
after(() => kernel.end());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const ways: Record<string, () => void> = {
  message: () => void kernel.client.request("control", "interrupt_request", {}),
  signal: () => void process.kill(kernel.process.pid, "SIGINT"),
};

/** How a cell is interrupted: so many times, from when it runs. */
interface Interrupting {
  way: string;
  times?: number;
  runs?: () => Promise<unknown>;
}

/** What becomes of a cell that is interrupted. */
async function interrupted(code: string, { way, times = 1, runs = () => pause(400) }: Interrupting) {
  const answer = kernel.run(code);
  await runs();
  for (let time = 0; time < times; time++) await pause(50).then(ways[way]);
  await pause(way === "signal" ? 300 : 50); // what is asked next comes after the last interrupt, whichever way each takes
  return answer;
}

const ENDLESS = {
  "a loop": "while (true) {}",
  "a loop after an await": "await new Promise((resolve) => setTimeout(resolve, 1)); while (true) {}",
  "a loop of awaits": "for (;;) await null",
  "a loop that prints": "for (let i = 0; ; i++) console.log(i)",
  "a loop in a call that AsyncLocalStorage follows":
    'import { AsyncLocalStorage } from "node:async_hooks"; await new AsyncLocalStorage().run(1, async () => { await null; while (true) {} })',
  "a promise": "await new Promise(() => setInterval(() => {}, 1000))",
};

for (const way of Object.keys(ways).filter((name) => name === "message" || process.platform !== "win32"))
  for (const [name, code] of Object.entries(ENDLESS))
    test(`${name} is interrupted by a ${way}, twice without harm`, async () => {
      const { content, of } = await interrupted(`${BEGIN} ${code}`, { way, times: 2, runs: begun });
      assert.deepEqual([content.status, content.ename], ["error", "KeyboardInterrupt"]);
      assert.equal(of("error").length, 1);
      assert.equal((await kernel.run("1 + 1")).of("execute_result")[0].data["text/plain"], "2");
    });

const SLEEPERS = `import { execSync, spawn } from "node:child_process";
const older = spawn("sleep", ["600"]);
let isOver = false;
older.on("exit", () => (isOver = true));`;

test(
  "a cell that waits for processes is interrupted with them; one that an earlier cell has started goes on",
  { skip: process.platform !== "linux" && "which processes there are is read from /proc" },
  async () => {
    await kernel.run(SLEEPERS);
    for (const command of ["sleep 600", "sleep 600; sleep 600"]) {
      const { content } = await interrupted(`${BEGIN} execSync("${command}")`, { way: "message", runs: begun });
      assert.deepEqual([content.status, content.ename], ["error", "KeyboardInterrupt"]);
    }
    const { of } = await kernel.run("isOver || !older.kill()");
    assert.equal(of("execute_result")[0].data["text/plain"], "false");
  },
);

test("a training that listens ends by itself, keeps what it has, and its cell goes on", async () => {
  const training = `let stop = false;
process.once("SIGINT", () => (stop = true));
let steps = 0;
while (!stop) {
  steps++;
  for (const start = Date.now(); Date.now() - start < 150; );
  await new Promise((resolve) => setTimeout(resolve, 1));
}
const weights = [steps];
"kept"`;
  for (const way of ["message", "signal"]) {
    const { content, of } = await interrupted(training, { way, times: 2 });
    assert.equal(content.status, "ok");
    assert.equal(of("execute_result")[0].data["text/plain"], "kept");
    assert.equal((await kernel.run("weights.length")).of("execute_result")[0].data["text/plain"], "1");
  }
});

test("what a cell had come to before it was interrupted is there afterwards", async () => {
  await interrupted(
    "const model = { layers: 6 }; await new Promise(() => setInterval(() => {}, 1000)); const later = 1;",
    {
      way: "message",
    },
  );
  assert.equal((await kernel.run("model.layers")).of("execute_result")[0].data["text/plain"], "6");
  assert.match((await kernel.run("later")).of("error")[0].evalue, /Cannot find name 'later'/);
});

const SHARED = `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
let steps = 0;
const log: string[] = [];
async function endless() { try { for (;;) { await sleep(5); steps++; } } finally { log.push("closed"); } }
async function* numbers() { try { for (;;) { await sleep(5); yield steps++; } } finally { log.push("closed"); } }`;

const AWAITING: Record<string, { code: string; logged: string[] }> = {
  "a loop in the cell": { code: "for (;;) { await sleep(5); steps++; }", logged: [] },
  "a function": { code: "await endless()", logged: ["closed"] },
  "two functions at once": { code: "await Promise.all([endless(), endless()])", logged: ["closed"] },
  "a loop over what comes": {
    code: "again: for await (const one of numbers()) { if (one >= 0) continue again; }",
    logged: ["closed"],
  },
  "a loop that catches everything": {
    code: "for (;;) { try { await sleep(5); steps++; } catch (error) { log.push(`${error}`); } }",
    logged: ["KeyboardInterrupt: the cell was interrupted"],
  },
  "a loop that would keep the thread": { code: "await sleep(500); while (true) {}", logged: [] },
};

test("a cell that awaits does not go on after an interrupt, but its finally blocks run", async () => {
  await kernel.run(SHARED);
  for (const [name, { code, logged }] of Object.entries(AWAITING)) {
    await kernel.run("log.length = 0");
    assert.equal((await interrupted(code, { way: "message" })).content.ename, "KeyboardInterrupt", name);
    const later = await kernel.run("const before = steps; await sleep(200); JSON.stringify([steps - before, log])");
    assert.equal(later.of("execute_result")[0]?.data["text/plain"], JSON.stringify([0, logged]), name);
  }
});

test("functions and loops of other cells go on after an interrupt", async () => {
  await kernel.run("let ticks = 0; void (async () => { for (;;) { await sleep(5); ticks++; } })();");
  await interrupted("setInterval(async () => { await sleep(1); log.push('timer'); }, 20); await endless()", {
    way: "message",
  });
  const later = await kernel.run(
    "log.length = 0; const from = ticks; await sleep(300); [ticks - from > 5, log.length > 3]",
  );
  assert.equal(later.of("execute_result")[0].data["text/plain"], "[ true, true ]");
});

test("a loop that a finished cell has left behind is broken off, and so is the cell that waits for it", async () => {
  await kernel.run("setTimeout(() => { while (true) {} }, 10)");
  await pause(100);
  assert.equal((await interrupted("1", { way: "message" })).content.ename, "KeyboardInterrupt");
  assert.equal((await kernel.run("1")).content.status, "ok");
});

test("an interrupt of nothing does nothing, and one of a cell aborts those behind it", async () => {
  await kernel.ask("interrupt_request", {}, "control");
  assert.equal((await kernel.run("5")).content.status, "ok");
  const behind = pause(100).then(() => kernel.run("6"));
  await interrupted("while (true) {}", { way: "message" });
  assert.equal((await behind).content.status, "aborted");
});

test("heartbeat, kernel_info and comm_info are answered while a cell keeps the processor", async () => {
  const busy = kernel.run("while (true) {}");
  await pause(300);
  const start = Date.now();
  const heart = new Request({ linger: 0, receiveTimeout: LONGEST * 1000 });
  heart.connect(`tcp://127.0.0.1:${kernel.connection.hb_port}`);
  await heart.send("beat");
  assert.equal(String((await heart.receive())[0]), "beat");
  heart.close();
  const info = await kernel.ask("kernel_info_request");
  const comms = await kernel.ask("comm_info_request", { target_name: "jupyter.widget" });
  assert.ok(Date.now() - start < 1000, `${Date.now() - start} ms`);
  assert.equal(info.content.status, "ok");
  assert.deepEqual([comms.reply.header.msg_type, comms.content.comms], ["comm_info_reply", {}]);
  await kernel.ask("interrupt_request", {}, "control");
  const states = (await busy).of("status").map(({ execution_state }) => execution_state);
  assert.deepEqual([states[0], states.at(-1)], ["busy", "idle"]);
});
