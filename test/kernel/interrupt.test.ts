import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Request } from "zeromq";
import { type LiveKernel, startLiveKernel } from "./liveKernel";

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

/** What becomes of a cell that is interrupted so many times. */
async function interrupted(code: string, { way, times = 1 }: { way: string; times?: number }) {
  const answer = kernel.run(code);
  await pause(400);
  for (let time = 0; time < times; time++) await pause(50).then(ways[way]);
  await pause(50); // what is asked next comes after the last interrupt, whichever way each takes
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
      const { content, of } = await interrupted(code, { way, times: 2 });
      assert.deepEqual([content.status, content.ename], ["error", "KeyboardInterrupt"]);
      assert.equal(of("error").length, 1);
      assert.equal((await kernel.run("1 + 1")).of("execute_result")[0].data["text/plain"], "2");
    });

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

test("an interrupt of nothing does nothing, and one of a cell aborts those behind it", async () => {
  await kernel.ask("interrupt_request", {}, "control");
  assert.equal((await kernel.run("5")).content.status, "ok");
  const behind = pause(100).then(() => kernel.run("6"));
  await interrupted("while (true) {}", { way: "message" });
  assert.equal((await behind).content.status, "aborted");
});

test("heartbeat, kernel_info and comm_info are answered while a cell keeps the processor", async () => {
  const busy = kernel.run("for (const start = Date.now(); Date.now() - start < 2000; );");
  await pause(300);
  const start = Date.now();
  const heart = new Request({ linger: 0, receiveTimeout: 1000 });
  heart.connect(`tcp://127.0.0.1:${kernel.connection.hb_port}`);
  await heart.send("beat");
  assert.equal(String((await heart.receive())[0]), "beat");
  heart.close();
  const info = await kernel.ask("kernel_info_request");
  const comms = await kernel.ask("comm_info_request", { target_name: "jupyter.widget" });
  assert.ok(Date.now() - start < 1000, `${Date.now() - start} ms`);
  assert.equal(info.content.status, "ok");
  assert.deepEqual([comms.reply.header.msg_type, comms.content.comms], ["comm_info_reply", {}]);
  const states = (await busy).of("status").map(({ execution_state }) => execution_state);
  assert.deepEqual([states[0], states.at(-1)], ["busy", "idle"]);
});
