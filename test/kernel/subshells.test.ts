import assert from "node:assert/strict";
import { after, afterEach, beforeEach, before, test } from "node:test";
import { Dealer } from "zeromq";
import type { Message } from "../../lib/runner/wire";
import { decodeMessage, encodeMessage, newRequest } from "../../lib/runner/wire";
import { BEGIN, begun, forgetBegun } from "./begun";
import { type Answer, type LiveKernel, LONGEST, startLiveKernel, until } from "./liveKernel";

let kernel: LiveKernel;
let shell: string;
before(async () => {
  kernel = await startLiveKernel();
});
beforeEach(async () => {
  shell = await create();
});
afterEach(async () => {
  await kernel.endCells();
  forgetBegun();
});
after(() => kernel.end());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const SLEEP = "const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));";

async function create(): Promise<string> {
  return (await kernel.ask("create_subshell_request", {}, "control")).content.subshell_id;
}

async function remove(id: string) {
  return (await kernel.ask("delete_subshell_request", { subshell_id: id }, "control")).content;
}

const runIn = (id: string, code: string, options: object = {}) =>
  kernel.ask("execute_request", { code, ...options }, { subshell: id });

/** What a cell shows, or how it failed. */
const shown = ({ content, of }: Answer) =>
  content.status === "ok" ? of("execute_result")[0]?.data["text/plain"] : `${content.ename}: ${content.evalue}`;

/** Runs a cell in the main shell that waits until a cell sets `go`; its answer, once it runs. */
async function waiting(code: string): Promise<{ answer: Promise<Answer> }> {
  await kernel.run(`let go = false; let runs = false; ${SLEEP}`);
  const answer = kernel.run(`runs = true; ${code}`);
  for (let isThere = ""; isThere !== "true";) isThere = shown(await runIn(shell, "runs"));
  return { answer };
}

const WAIT = "while (!go) await pause(2);";

/** A loop that leaves a file when it begins: an interrupt before would end a cell that awaits, and the loop would come after it. */
const LOOP = `${BEGIN} while (true) {}`;

test("subshells are made, listed and deleted, and the kernel says that it has them", async () => {
  const ids = async () => (await kernel.ask("list_subshell_request", {}, "control")).content.subshell_id;
  const known = await ids();
  const id = await create();
  assert.deepEqual(await ids(), [...known, id]);
  assert.deepEqual(await remove(id), { status: "ok" });
  assert.deepEqual(await ids(), known);
  assert.ok((await kernel.ask("kernel_info_request")).content.supported_features.includes("kernel subshells"));
});

test("a subshell that is not there is refused: it is not deleted, and what is asked of it is answered as an error", async () => {
  await remove(shell);
  const wanted = new RegExp(
    `^UnknownSubshell: \\w+: the kernel has no subshell "${shell}", it has .*; make one with create_s`,
  );
  const again = await remove(shell);
  assert.deepEqual([again.status, again.traceback.length], ["error", 1]);
  assert.match(again.traceback[0], wanted);
  const { content, reply, published, of } = await runIn(shell, "1");
  assert.deepEqual([reply.header.msg_type, content.status], ["execute_reply", "error"]);
  assert.match(`${content.ename}: ${content.evalue}`, wanted);
  assert.deepEqual(of("error")[0].traceback, content.traceback);
  assert.deepEqual(
    published.map(({ header, content }) => content.execution_state ?? header.msg_type),
    ["busy", "error", "idle"],
  );
  const completion = await kernel.ask("complete_request", { code: "x" }, { subshell: shell });
  assert.deepEqual([completion.reply.header.msg_type, completion.content.status], ["complete_reply", "error"]);
});

test("a subshell answers while the main shell's cell awaits, with its variables and those of the cell that runs", async () => {
  await kernel.run("let stop = false;");
  const { answer } = await waiting(
    "let epoch = 7; const history: number[] = [1]; while (!stop) await pause(2); const late = 1; epoch",
  );
  assert.equal(shown(await runIn(shell, "epoch * 2")), "14");
  assert.equal(shown(await runIn(shell, "history.push(2)")), "2");
  assert.match(shown(await runIn(shell, "late")), /Cannot find name 'late'/);
  assert.equal(shown(await runIn(shell, "epoch = 8; stop = true; const fromSubshell = 'there'; 0")), "0");
  assert.equal(shown(await answer), "8");
  assert.equal(shown(await kernel.run("[fromSubshell, history.length, late, epoch]")), "[ 'there', 2, 1, 8 ]");
});

test("a name that two cells declare at a time is that of the one that assigned it last", async () => {
  const first = await waiting(`const value = 1; ${WAIT}`);
  await runIn(shell, "const value = 'text'; go = true;");
  await first.answer;
  assert.equal(shown(await kernel.run("value.length")), "4");
  const second = await waiting(`${WAIT} const other = 'text';`);
  await runIn(shell, "const other = 1; go = true;");
  await second.answer;
  assert.equal(shown(await kernel.run("other.length")), "4");
});

test("a cell is checked by what it has seen, also where that is declared anew while it runs", async () => {
  await kernel.run("class Net { layers = 6 }; const net = new Net();");
  const { answer } = await waiting(`const nets = [net]; ${WAIT}`);
  await runIn(shell, "class Net { other = 1 }; const net = new Net(); go = true;");
  await answer;
  await kernel.run('import { cpus } from "node:os"; class Net { third = 1 }');
  assert.equal(shown(await kernel.run("nets[0].layers + net.other")), "7");
  assert.match(shown(await kernel.run("nets[0].other")), /Property 'other' does not exist on type 'Net'/);
});

test("completion and inspection are answered in a subshell, and know what the cell has come to", async () => {
  const { answer } = await waiting(`const losses = { first: 1 }; ${WAIT}`);
  const ask = (type: string, code: string) => kernel.ask(type, { code, cursor_pos: code.length }, { subshell: shell });
  const { content, reply } = await ask("complete_request", "losses.fi");
  assert.deepEqual([content.matches[0], reply.parent_header.subshell_id], ["first", shell]);
  assert.match(
    (await ask("inspect_request", "losses")).content.data["text/plain"],
    /const losses: {\n\s*first: number;/,
  );
  assert.equal((await ask("is_complete_request", "losses")).content.status, "complete");
  await runIn(shell, "go = true");
  await answer;
});

test("cells are counted and kept together, in the order in which they began", async () => {
  const { answer } = await waiting(`${WAIT} "main"`);
  const one = await runIn(shell, "'sub'");
  await runIn(shell, "go = true;", { store_history: false });
  const main = await answer;
  const [from, to] = [main.content.execution_count, one.content.execution_count];
  assert.ok(from < to, `${from} and ${to}`);
  const range = { hist_access_type: "range", session: 0, start: from, stop: to + 1, output: true };
  const { history } = (await kernel.ask("history_request", range)).content;
  assert.deepEqual(history[0], [0, from, ['runs = true; while (!go) await pause(2); "main"', "main"]]);
  assert.deepEqual(history.at(-1), [0, to, ["'sub'", "sub"]]);
});

test("each shell runs its cells in order, and an error ends only what waits in its own", async () => {
  await kernel.run(`const order: string[] = []; ${SLEEP}`);
  const second = await create();
  const cells = [
    runIn(shell, "await pause(300); order.push('a'); throw new Error('no')"),
    runIn(shell, "order.push('never')"),
    runIn(second, "await pause(100); order.push('b')"),
    runIn(second, "await pause(300); order.push('c')"),
    kernel.run("order.push('main')"),
  ];
  const statuses = (await Promise.all(cells)).map(({ content }) => content.status);
  assert.deepEqual(statuses, ["error", "aborted", "ok", "ok", "ok"]);
  assert.equal(shown(await runIn(shell, "order.join()")), "main,b,a,c");
});

/** What came under a cell's header, in order. */
function outputsOf({ published }: Answer): string {
  const text = ({ header: { msg_type: type }, content }: Message) => {
    if (type === "error") return content.evalue;
    if (type === "stream") return content.text;
    return /display_data|execute_result/.test(type)
      ? `[${(content.data as Record<string, string>)["text/plain"]}]`
      : "";
  };
  return published.map(text).join("");
}

test("output goes to the cell that printed it: what it shows, and what its timers, promises and programs print", async () => {
  await runIn(shell, "0"); // from here on cells are told apart
  await kernel.run(`import { spawn } from "node:child_process"; import { show } from "./lib/notebook/show";`);
  const chatty = (name: string) => `
    await new Promise<void>((done) => setTimeout(() => {
      console.log("${name} timer");
      void pause(30).then(() => console.log("${name} promise")).then(() => pause(30)).then(() => show("${name} shown")).then(() => done());
    }, 30));
    await new Promise((end) => spawn(process.execPath, ["-e", "console.log('${name} program')"], { stdio: "inherit" }).on("close", end));
    console.log("${name} end"); "${name} value"`;
  await kernel.run(`let go = false; let runs = false; ${SLEEP}`);
  const answers = [kernel.run(chatty("main")), runIn(shell, chatty("sub"))];
  for (const [index, name] of ["main", "sub"].entries()) {
    const [timer, promise, shown, program, end] = ["timer", "promise", "shown", "program", "end"].map(
      (one) => `${name} ${one}`,
    );
    assert.equal(
      outputsOf(await answers[index]),
      `${timer}\n${promise}\n[${shown}]${program}\n${end}\n[${name} value]`,
    );
  }
});

test("what a cell has left behind prints under it, also after its end and its subshell's", async () => {
  const late: string[] = [];
  const code = `setTimeout(() => console.log("late"), 300); setTimeout(() => { throw new Error("uncaught") }, 320); void pause(340).then(() => { throw new Error("unawaited") });`;
  const listener = ({ header, content }: Message) =>
    void (header.msg_type === "stream" && late.push(String(content.text)));
  const { reply } = kernel.client.request({ subshell: shell }, "execute_request", { code }, listener);
  assert.equal((await reply).content.status, "ok");
  await remove(shell);
  const { printed } = await kernel.run("await pause(600)");
  assert.deepEqual([printed(), printed("stderr")], ["", ""]);
  assert.match(late.join(""), /^late\nUncaught[^]*Error: uncaught[^]*nobody awaits it[^]*Error: unawaited/);
});

test("until a subshell has run a cell nothing follows the main shell's, whose output is its own all the same", async () => {
  const fresh = await startLiveKernel();
  try {
    const isFollowed = `import { executionAsyncId } from "node:async_hooks";
      await null; const before = executionAsyncId(); await null; before !== executionAsyncId()`;
    assert.equal(shown(await fresh.run(isFollowed)), "false");
    const answer = fresh.run(
      `let go = false; ${SLEEP} ${WAIT} console.log("main"); setTimeout(() => console.log("timer"), 10); await pause(50); 1`,
    );
    await pause(300);
    const { subshell_id } = (await fresh.ask("create_subshell_request", {}, "control")).content;
    const sub = await fresh.ask(
      "execute_request",
      { code: "console.log('sub'); go = true; 2" },
      { subshell: subshell_id },
    );
    assert.equal(outputsOf(sub), "sub\n[2]");
    assert.equal(outputsOf(await answer), "main\ntimer\n[1]");
    const byHooks = Number(process.versions.node.split(".")[0]) < 24; // later Nodes follow without them
    assert.equal(shown(await fresh.run(isFollowed)), String(byHooks));
  } finally {
    await fresh.end();
  }
});

test("every message about a subshell's cell carries its header; an error in it is its own", async () => {
  const { answer } = await waiting(WAIT);
  const { reply, published, content } = await runIn(shell, "console.log(1); throw new RangeError('mine')");
  assert.deepEqual([content.ename, content.evalue], ["RangeError", "mine"]);
  assert.deepEqual(
    published.map(({ header }) => header.msg_type).filter((type) => type !== "status"),
    ["execute_input", "stream", "error"],
  );
  for (const { parent_header } of [reply, ...published]) assert.equal(parent_header.subshell_id, shell);
  await runIn(shell, "go = true");
  assert.equal(outputsOf(await answer), "");
});

test("prompt() in a subshell asks on behalf of its cell", async () => {
  const { key, shell_port, stdin_port } = kernel.connection;
  const options = { routingId: "asker", linger: 0, receiveTimeout: LONGEST * 1000 };
  const [requests, stdin] = [new Dealer(options), new Dealer(options)];
  requests.connect(`tcp://127.0.0.1:${shell_port}`);
  stdin.connect(`tcp://127.0.0.1:${stdin_port}`);
  try {
    const { answer } = await waiting(`${WAIT} prompt("main?")`);
    const request = newRequest("s", "execute_request", { code: "go = true; prompt('Who?')", allow_stdin: true });
    request.header.subshell_id = shell;
    await requests.send(encodeMessage(request, key));
    const question = decodeMessage(await stdin.receive(), key);
    assert.deepEqual([question.content.prompt, question.parent_header.subshell_id], ["Who?", shell]);
    await stdin.send(encodeMessage(newRequest("s", "input_reply", { value: "Ada" }), key));
    const reply = decodeMessage(await requests.receive(), key);
    assert.deepEqual([reply.content.status, reply.parent_header.msg_id], ["ok", request.header.msg_id]);
    assert.match(shown(await answer), /nobody can answer "main\?" here/);
  } finally {
    requests.close();
    stdin.close();
  }
});

const LOOPS = { "a loop": LOOP, "a loop after an await": `await pause(1); ${LOOP}` };

for (const [name, code] of Object.entries(LOOPS))
  test(`${name} in a subshell is interrupted alone, and with the main shell's cell`, async () => {
    const alone = runIn(shell, code);
    await begun();
    await kernel.ask("interrupt_request", {}, "control");
    assert.equal((await alone).content.ename, "KeyboardInterrupt");
    const { answer } = await waiting(WAIT);
    const both = runIn(shell, code);
    await begun();
    await kernel.ask("interrupt_request", {}, "control");
    assert.deepEqual(
      [(await both).content.ename, (await answer).content.ename],
      ["KeyboardInterrupt", "KeyboardInterrupt"],
    );
    assert.equal(shown(await runIn(shell, "1 + 1")), "2");
  });

test("a loop that begins together with other cells is broken off", async () => {
  const answers = [kernel.run("1"), runIn(await create(), "2"), runIn(shell, "while (true) {}")];
  await pause(200);
  await kernel.ask("interrupt_request", {}, "control");
  assert.deepEqual((await Promise.all(answers)).map(shown), ["1", "2", "KeyboardInterrupt: the cell was interrupted"]);
});

test("an interrupt ends the main shell's cell, loop or not, and leaves a subshell's that awaits", async () => {
  for (const code of [`${BEGIN} ${WAIT}`, `await pause(20); ${LOOP}`]) {
    const own = runIn(shell, `let hold = true; ${SLEEP} while (hold) await pause(2); console.log("whole"); 1`);
    await pause(50);
    await kernel.run("let go = false;");
    const answer = kernel.run(code);
    await begun();
    await kernel.ask("interrupt_request", {}, "control");
    assert.equal((await answer).content.ename, "KeyboardInterrupt");
    await kernel.run("hold = false;");
    assert.equal(outputsOf(await own), "whole\n[1]");
  }
});

test("a subshell's cell that awaits is interrupted where the main shell is idle", async () => {
  const answer = runIn(shell, `const begun = 1; ${BEGIN} await new Promise(() => {})`);
  await begun();
  await kernel.ask("interrupt_request", {}, "control");
  assert.equal((await answer).content.ename, "KeyboardInterrupt");
  assert.equal(shown(await kernel.run("begun")), "1");
});

const ENDLESS = {
  ...LOOPS,
  "a cell that awaits": `${BEGIN} await new Promise(() => {})`,
  "a question": `${BEGIN} prompt("Who?")`,
};

for (const [name, code] of Object.entries(ENDLESS))
  test(`a subshell is deleted while ${name} runs in it: that ends, what waits is aborted, the main shell goes on`, async () => {
    const { answer } = await waiting(`${WAIT} "whole"`);
    const cells = [runIn(shell, code, { allow_stdin: true }), runIn(shell, "1")];
    await begun();
    assert.equal((await remove(shell)).status, "ok");
    const [running, behind] = await Promise.all(cells);
    assert.deepEqual([running.content.ename, running.of("error")[0].ename], ["SubshellDeleted", "SubshellDeleted"]);
    assert.equal(behind.content.status, "aborted");
    await runIn(await create(), "go = true");
    assert.equal(shown(await answer), "whole");
  });

test("a loop ends whose subshell is deleted and which is interrupted at the same time, and the kernel goes on", async () => {
  for (const code of Object.values(LOOPS)) {
    const id = await create();
    const cell = runIn(id, code);
    await begun();
    await Promise.all([remove(id), kernel.ask("interrupt_request", {}, "control")]);
    assert.match((await cell).content.ename, /^(SubshellDeleted|KeyboardInterrupt)$/);
    assert.equal(shown(await kernel.run("1 + 1")), "2");
  }
});

test("a training runs in the main shell, and a subshell reads how far it is", async () => {
  const prepared = await kernel.run(`import { useBackend } from "./lib/compute/useBackend";
import { buildSixLayerCnn } from "./lib/vision/cnn";
import { compile } from "./lib/vision/compile";
import { train } from "./lib/vision/train";
await useBackend({ log: () => {} });
const examples = { images: new Float32Array(64 * 784).fill(0.5), labels: new Uint8Array(64).fill(3) };
const model = compile(buildSixLayerCnn());
let epoch = 0; let enough = false;
const control = new AbortController();
const onEpoch = () => { console.log("epoch", ++epoch); if (enough) control.abort(); };`);
  assert.equal(prepared.content.status, "ok", JSON.stringify(prepared.of("error")));
  let isOver = false;
  const settings = "{ epochs: 100_000, checkpoints: false, signal: control.signal, onEpoch, log: () => {} }";
  const training = kernel.run(
    `const trained = await train(model, examples, ${settings}); trained.loss.length === epoch`,
  );
  void training.then(() => (isOver = true));
  const seen = new Set<number>();
  for (const start = Date.now(); seen.size < 3 && Date.now() - start < 60_000;) {
    const answer = await runIn(shell, "console.log('asked'); epoch");
    assert.equal(outputsOf(answer), `asked\n[${shown(answer)}]`);
    seen.add(Number(shown(answer)));
  }
  assert.ok(seen.size >= 3 && !isOver, `epochs ${[...seen]}, ${isOver}`);
  await runIn(shell, "enough = true;");
  const { printed, of } = await training;
  assert.equal(of("execute_result")[0].data["text/plain"], "true");
  assert.match(printed(), /^(epoch \d+\n)+$/);
  await until(() => isOver);
});
