import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Message } from "../../lib/runner/wire";
import { type LiveKernel, startLiveKernel, until } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
  await kernel.run(`const comms = (globalThis as any)[Symbol.for("atelier.kernel.comms")]; const heard: any[] = [];`);
});
after(() => kernel.end());

/** Sends a message of a comm; gives what was published about it, once the kernel is done with it. */
async function tell(type: string, content: object): Promise<Message[]> {
  const published: Message[] = [];
  await kernel.client.request("shell", type, content, (message) => published.push(message)).idle;
  return published;
}

const update = (comm_id: string, state: object) =>
  tell("comm_msg", { comm_id, data: { method: "update", state, buffer_paths: [] } });
const custom = (comm_id: string, content: unknown) =>
  tell("comm_msg", { comm_id, data: { method: "custom", content } });
const open = async () => (await kernel.ask("comm_info_request", {})).content.comms;
const value = async (code: string) =>
  JSON.parse((await kernel.run(`JSON.stringify(${code})`)).of("execute_result")[0].data["text/plain"]);
const types = (messages: Message[]) =>
  messages.map(({ header, content }) => content.execution_state ?? header.msg_type);

test("a comm that a cell opens is told to clients with its bytes, listed, and closed", async () => {
  const { published } = await kernel.run(
    `const own = comms.open("own-1", "my.target", { data: { a: 1 }, metadata: { version: "2.1.0" }, buffers: [Uint8Array.of(1, 255)] });`,
  );
  const [opened] = published.filter(({ header }) => header.msg_type === "comm_open");
  assert.deepEqual(opened.content, { comm_id: "own-1", target_name: "my.target", data: { a: 1 } });
  assert.deepEqual(opened.metadata, { version: "2.1.0" });
  assert.deepEqual(
    opened.buffers?.map((bytes) => [...bytes]),
    [[1, 255]],
  );
  assert.deepEqual(await open(), { "own-1": { target_name: "my.target" } });
  const ask = async (target_name: string) => (await kernel.ask("comm_info_request", { target_name })).content;
  assert.deepEqual(await ask("my.target"), { status: "ok", comms: { "own-1": { target_name: "my.target" } } });
  assert.deepEqual(await ask("other"), { status: "ok", comms: {} });
  const closing = await kernel.run(`own.close(); own.close(); own.send({ data: 1 });`);
  assert.deepEqual(types(closing.published), ["busy", "execute_input", "comm_close", "idle"]);
  assert.deepEqual(await open(), {});
});

test("a comm for a target that nobody takes is closed; a message for one that is not there is passed over", async () => {
  const told = await tell("comm_open", { comm_id: "lost", target_name: "nobody", data: {} });
  assert.deepEqual(types(told), ["busy", "comm_close", "idle"]);
  assert.deepEqual(told[1].content, { comm_id: "lost", data: {} });
  assert.deepEqual(types(await custom("lost", 1)), ["busy", "idle"]);
  assert.deepEqual(types(await tell("comm_close", { comm_id: "lost", data: {} })), ["busy", "idle"]);
  assert.deepEqual(await open(), {});
});

test("a client's comm is taken; what is sent while its message is heard names that message as its parent", async () => {
  await kernel.run(`comms.take("echo", (comm: any, opening: any) => {
    heard.push(opening.content.data);
    comm.onMessage(({ content, buffers }: any) => comm.send({ data: content.data, buffers: [...buffers, Uint8Array.of(7)] }));
    comm.onClose(() => heard.push("closed"));
  });`);
  await tell("comm_open", { comm_id: "mine", target_name: "echo", data: { hello: 1 } });
  assert.deepEqual(await open(), { mine: { target_name: "echo" } });
  const told = await custom("mine", "a");
  assert.deepEqual(types(told), ["busy", "comm_msg", "idle"]);
  assert.deepEqual(told[1].content, { comm_id: "mine", data: { method: "custom", content: "a" } });
  assert.deepEqual([...told[1].buffers![0]], [7]);
  await tell("comm_close", { comm_id: "mine", data: {} });
  assert.deepEqual(await value("heard.splice(0)"), [{ hello: 1 }, "closed"]);
  assert.deepEqual(await open(), {});
});

test("a message comes while a cell awaits; what its listener prints goes to the cell that opened the comm", async () => {
  const opener = await kernel.run(`const said = comms.open("said", "t", {}); let go = false;
    said.onMessage(async ({ content }: any) => { await null; console.log("heard", content.data.content); go = true; });`);
  const waiting = kernel.run("while (!go) await new Promise((resolve) => setTimeout(resolve, 5)); 'gone'");
  await custom("said", 5);
  const { content, printed } = await waiting;
  assert.deepEqual([content.status, printed()], ["ok", ""]);
  await until(() => opener.printed() === "heard 5\n");
});

test("an error of a listener is told with its line, and keeps no other from hearing", async () => {
  const opener = await kernel.run(`const bad = comms.open("bad", "t", {});
bad.onMessage(() => { throw new RangeError("no such value"); });
bad.onMessage(() => heard.push("second"));`);
  await custom("bad", 1);
  await until(() => opener.printed("stderr") !== "");
  assert.match(
    opener.printed("stderr"),
    /^A listener of a widget has failed:\nRangeError: no such value\n[^]*> 2 \|? ?bad/,
  );
  assert.deepEqual(await value("heard.splice(0)"), ["second"]);
});

const BLOCK = (ms: number) => `{ const end = Date.now() + ${ms}; while (Date.now() < end); }`;
const RECORD = `({ content }: any) => heard.push(content.data.content ?? content.data.state)`;

test("of updates that come while the kernel is busy the last one counts; all other messages are heard, in order", async () => {
  await kernel.run(`const many = comms.open("many", "t", {}); many.onMessage(${RECORD});`);
  const busy = kernel.run(BLOCK(400));
  const moves = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => update("many", { value: from + i }));
  const told = [
    ...moves(0, 300),
    custom("many", "click"),
    ...moves(300, 600),
    update("many", { other: 1 }),
    update("many", { value: 600 }),
  ];
  const statuses = await Promise.all(told);
  await busy;
  assert.ok(statuses.every((published) => types(published).join() === "busy,idle"));
  const [first, ...rest] = await value("heard.splice(0)");
  assert.deepEqual(first, { value: 0 }); // it was under way already
  assert.deepEqual(rest, [{ value: 299 }, "click", { other: 1 }, { value: 600 }]);
});

test("a cell sees every message that was sent before it", async () => {
  await kernel.run(
    `let last = 0, calls = 0; many.onMessage(({ content }: any) => { calls++; ${BLOCK(3)} last = content.data.state?.value; });`,
  );
  const told = Array.from({ length: 200 }, (_, i) => update("many", { value: i }));
  assert.equal(await value("last"), 199);
  await Promise.all(told);
});

test("a storm of updates, each with work of its own, leaves the kernel answering", async () => {
  const before = await value("calls");
  const start = Date.now();
  const told: Promise<unknown>[] = [];
  const storm = setInterval(() => {
    while (told.length < Date.now() - start) told.push(update("many", { value: told.length }));
  }, 5);
  const waits: number[] = [];
  for (let asked = Date.now(); asked - start < 1000; asked = Date.now()) {
    assert.equal((await kernel.run("1 + 1")).of("execute_result")[0].data["text/plain"], "2");
    waits.push(Date.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  clearInterval(storm);
  await Promise.all(told);
  assert.ok(told.length >= 900, `${told.length} messages`);
  assert.ok(Math.max(...waits) < 2000, `a cell waited ${Math.max(...waits)} ms`);
  const heardOf = (await value("calls")) - before;
  assert.ok(heardOf < 0.6 * told.length, `${heardOf} of ${told.length} were heard`);
  assert.equal(await value("last"), told.length - 1);
});

test("an interrupt ends a listener that runs for ever, and the kernel goes on", async () => {
  const opener = await kernel.run(`const loop = comms.open("loop", "t", {}); loop.onMessage(() => { for (;;); });`);
  const told = custom("loop", 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await kernel.ask("interrupt_request", {}, "control");
  assert.deepEqual(types(await told).at(-1), "idle");
  await until(() => /A listener of a widget was interrupted/.test(opener.printed("stderr")));
  assert.equal(await value("1 + 1"), 2);
});

test("comms are open until the kernel ends, and are listed while it is busy", async () => {
  const busy = kernel.run(BLOCK(300));
  assert.deepEqual(Object.keys(await open()).sort(), ["bad", "loop", "many", "said"]);
  await busy;
});
