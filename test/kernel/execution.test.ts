import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Answer, type LiveKernel, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
after(() => kernel.end());

const types = ({ published }: Answer) => published.map(({ header }) => header.msg_type);

test("a cell says that it runs, what it runs and what its last expression is", async () => {
  const answer = await kernel.run("const four = 4; [four, { five: 5 }]");
  assert.deepEqual(types(answer), ["status", "execute_input", "execute_result", "status"]);
  assert.deepEqual(
    answer.of("status").map(({ execution_state }) => execution_state),
    ["busy", "idle"],
  );
  const { execution_count } = answer.content;
  assert.deepEqual(answer.of("execute_input"), [{ code: "const four = 4; [four, { five: 5 }]", execution_count }]);
  const result = { execution_count, data: { "text/plain": "[ 4, { five: 5 } ]" }, metadata: {} };
  assert.deepEqual(answer.of("execute_result"), [result]);
  assert.deepEqual(answer.content, { status: "ok", execution_count, user_expressions: {}, payload: [] });
  const later = await kernel.run("four");
  assert.equal(later.content.execution_count, execution_count + 1);
  assert.deepEqual(types(await kernel.run("undefined")), ["status", "execute_input", "status"]);
});

test("the metadata of a cell's reply tell what it reads, writes and may change, also where it fails", async () => {
  const used = async (code: string) => (await kernel.run(code)).reply.metadata;
  assert.deepEqual(await used("const usedList = [1]"), { reads: [], writes: ["usedList"], changes: [], acts: false });
  const changed = { reads: ["usedList"], writes: [], changes: ["usedList"], acts: false };
  assert.deepEqual(await used("usedList.push(2)"), changed);
  assert.deepEqual(await used("usedList.push(2); throw new Error('no')"), changed);
  assert.deepEqual(await used("usedList.nothing"), {});
  assert.deepEqual((await kernel.ask("kernel_info_request")).reply.metadata, {});
});

test("a package is imported before its types are known, and the cells that follow are checked by them", async () => {
  const imported = await kernel.run('import * as spared from "tslab"');
  assert.deepEqual(imported.reply.metadata, { reads: [], writes: ["spared"], changes: [], acts: false });
  const wrong = await kernel.run("const spareId: number = spared.newDisplay()");
  assert.equal(wrong.content.evalue, "1:7 - error TS2322: Type 'Display' is not assignable to type 'number'.");
  const right = await kernel.run("typeof spared.newDisplay().text");
  assert.equal(right.of("execute_result")[0].data["text/plain"], "function");
});

test("a value shows itself by its Jupyter.display method, also when that takes time", async () => {
  const bundle = `{ "text/html": "<b>1</b>", "image/png": new Uint8Array([1, 2]), "text/plain": "one" }`;
  const wanted = { "text/html": "<b>1</b>", "image/png": "AQI=", "text/plain": "one" };
  for (const kind of ["", "async "]) {
    const { of } = await kernel.run(`({ ${kind}[Symbol.for("Jupyter.display")]() { return ${bundle}; } })`);
    assert.deepEqual(of("execute_result")[0].data, wanted);
  }
});

test("a value whose Jupyter.display method fails is shown as text, with the reason on stderr", async () => {
  const failures: Record<string, string> = {
    "() => 5": 'TypeError: Symbol.for("Jupyter.display") gave 5; an object of MIME types is wanted',
    "() => { throw new RangeError('too wide'); }": "RangeError: too wide",
    "async () => { throw new RangeError('too late'); }": "RangeError: too late",
    "() => ({ 'text/html': 1n })": "TypeError: Do not know how to serialize a BigInt",
  };
  for (const [method, message] of Object.entries(failures)) {
    const answer = await kernel.run(`({ a: 1, [Symbol.for("Jupyter.display")]: ${method} })`);
    assert.equal(answer.content.status, "ok");
    assert.match(answer.of("execute_result")[0].data["text/plain"], /^\{\s+a: 1/);
    const said = answer.printed("stderr").split("\n");
    assert.deepEqual(said.slice(0, 2), ["The value cannot show itself, here is its text:", message]);
    assert.doesNotMatch(said.join(), /valueBundle/);
  }
});

test("tslab's display functions and ours write to the cell that runs, and what is shown can be replaced and cleared", async () => {
  const own = await kernel.run('import { display, newDisplay } from "tslab"; display.html("<i>a</i>")');
  assert.deepEqual(own.of("display_data")[0].data, { "text/html": "<i>a</i>" });
  const twice = await kernel.run('const one = newDisplay(); one.text("1"); one.text("2")');
  const [shown, updated] = [twice.of("display_data")[0], twice.of("update_display_data")[0]];
  assert.deepEqual([shown.data, updated.data], [{ "text/plain": "1" }, { "text/plain": "2" }]);
  assert.equal(shown.transient.display_id, updated.transient.display_id);
  const ours = await kernel.run(
    'import * as d from "./lib/notebook/display"; d.display({ "text/plain": "p", "text/html": "h" }); d.clearOutput({ wait: true })',
  );
  assert.deepEqual(ours.of("display_data")[0].data, { "text/plain": "p", "text/html": "h" });
  assert.deepEqual(ours.of("clear_output"), [{ wait: true }]);
});

test("a hundred thousand lines arrive in order, and what follows them too", async () => {
  const answer = await kernel.run("for (let i = 0; i < 100_000; i++) console.log(i); console.error('done'); 'end'");
  const lines = answer.printed().split("\n");
  assert.equal(lines.pop(), "");
  assert.equal(lines.length, 100_000);
  assert.ok(lines.every((line, index) => line === String(index)));
  assert.equal(answer.printed("stderr"), "done\n");
  assert.equal(answer.of("execute_result")[0].data["text/plain"], "end");
  assert.ok(answer.published.length < 200, `${answer.published.length} messages`);
});

test("printed bytes, encodings and callbacks are honoured, and output of a program too", async () => {
  const split = await kernel.run(
    `const bytes = Buffer.from("ä€"); process.stdout.write(bytes.subarray(0, 3)); process.stdout.write(bytes.subarray(3));
     process.stdout.write("c3a4", "hex"); await new Promise<void>((done) => process.stdout.write("!", () => done()));`,
  );
  assert.equal(split.printed(), "ä€ä!");
});

test("requests that wait behind an error are aborted, unless they are told to go on; later ones run", async () => {
  const codes = [
    "await new Promise((done) => setTimeout(done, 100)); throw new Error('no')",
    "console.log(1)",
    "console.log(2)",
  ];
  const stopped = await Promise.all(codes.map((code) => kernel.run(code)));
  assert.deepEqual(
    stopped.map(({ content }) => content.status),
    ["error", "aborted", "aborted"],
  );
  assert.deepEqual([stopped[1].printed(), types(stopped[1])], ["", ["status", "status"]]);
  assert.equal((await kernel.run("console.log(3)")).printed(), "3\n");
  const went = await Promise.all(codes.map((code) => kernel.run(code, { stop_on_error: false })));
  assert.deepEqual(
    went.map(({ content }) => content.status),
    ["error", "ok", "ok"],
  );
  assert.equal(went[1].printed() + went[2].printed(), "1\n2\n");
});

test("a silent cell counts for nothing, and one that keeps no history keeps its number to itself", async () => {
  const { content } = await kernel.run("const before = 1");
  const silent = await kernel.run("const quiet = 7; console.log('told'); quiet", { silent: true });
  assert.deepEqual([silent.of("execute_input"), silent.of("execute_result")], [[], []]);
  assert.equal(silent.content.execution_count, content.execution_count);
  const unkept = await kernel.run("quiet", { store_history: false });
  assert.equal(unkept.content.execution_count, content.execution_count);
  const { history } = (await kernel.ask("history_request", { hist_access_type: "tail", n: 1 })).content;
  assert.deepEqual(history, [[0, content.execution_count, "const before = 1"]]);
});

test("expressions beside a cell are evaluated among its variables", async () => {
  const user_expressions = { sum: "base + 1", wrong: "nothing", thrown: "(() => { throw new RangeError('no') })()" };
  const { content } = await kernel.run("const base = 41", { user_expressions });
  const { sum, wrong, thrown } = content.user_expressions;
  assert.deepEqual(sum, { status: "ok", data: { "text/plain": "42" }, metadata: {} });
  assert.deepEqual([wrong.status, wrong.ename], ["error", "TypeScriptError"]);
  assert.deepEqual([thrown.ename, thrown.evalue], ["RangeError", "no"]);
});

test("the first line of a script, which names its interpreter, is a comment", async () => {
  const answer = await kernel.run("#!/usr/bin/env -S npx tsx\nconst fromScript: number = 4; fromScript");
  assert.equal(answer.of("execute_result")[0]?.data["text/plain"], "4");
});

test("a module cell is there for those after it, and a cell that failed has left what it came to", async () => {
  await kernel.run("/** @module helper */\nexport const seven = 7;");
  assert.equal(
    (await kernel.run('import { seven } from "./helper"; seven')).of("execute_result")[0].data["text/plain"],
    "7",
  );
  await kernel.run("const reached = [1, 2]; throw new Error('no'); const missed = 3;");
  assert.equal((await kernel.run("reached.length")).of("execute_result")[0].data["text/plain"], "2");
  assert.match((await kernel.run("missed")).of("error")[0].evalue, /TS2304: Cannot find name 'missed'/);
});

test("a promise that nobody awaits and an error outside of any cell are told, and the kernel lives", async () => {
  const rejected = await kernel.run("Promise.reject(new Error('alone')); 1");
  assert.match(
    rejected.printed("stderr"),
    /^A promise was rejected and nobody awaits it:\nError: alone\n {4}at cell \d+:1:16/,
  );
  assert.equal(rejected.content.status, "ok");
  const thrown = await kernel.run(
    "setTimeout(() => { throw new Error('late') }, 0); await new Promise((resolve) => setTimeout(resolve, 50)); 2",
  );
  assert.match(thrown.printed("stderr"), /Error: late\n {4}at .*cell \d+:1:26/);
  assert.equal(thrown.of("execute_result")[0].data["text/plain"], "2");
});
