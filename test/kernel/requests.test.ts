import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { version as compiler } from "typescript";
import { Subscriber } from "zeromq";
import { decodeMessage } from "../../lib/runner/wire";
import { type LiveKernel, LONGEST, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
after(() => kernel.end());

test("kernel_info tells the versions that are there", async () => {
  const { content, reply } = await kernel.ask("kernel_info_request");
  const fromTslab = createRequire(require.resolve("tslab/package.json"));
  assert.equal(reply.header.msg_type, "kernel_info_reply");
  assert.deepEqual(
    [content.implementation, content.implementation_version],
    ["tslab", fromTslab("./package.json").version],
  );
  const { version, ...language } = content.language_info;
  assert.deepEqual(language, {
    name: "typescript",
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript", // the Rust library jupyter-protocol 1.5 refuses what CodeMirror 5 took
    nbconvert_exporter: "script",
  });
  assert.equal(version, compiler);
  assert.ok(content.banner.includes(compiler));
  assert.deepEqual(
    [content.protocol_version, content.supported_features, content.debugger],
    ["5.5", ["debugger", "kernel subshells"], true],
  );
  for (const { text, url } of content.help_links) assert.ok(text && url.startsWith("https://"));
});

test("completion gives names with their kinds, at places counted in characters", async () => {
  await kernel.run("const planets = { venus: 1, mars: () => 2 };");
  const code = "'😀'; planets.ma";
  const { content } = await kernel.ask("complete_request", { code, cursor_pos: [...code].length });
  assert.equal(content.status, "ok");
  assert.equal(content.matches[0], "mars");
  assert.equal([...code].slice(content.cursor_start, content.cursor_end).join(""), "ma");
  const [typed] = content.metadata._jupyter_types_experimental;
  assert.deepEqual(typed, { text: "mars", type: "property", start: content.cursor_start, end: content.cursor_end });
});

test("paths of imports are completed, those of Node's modules as a whole", async () => {
  const completed = async (code: string) => {
    const { content } = await kernel.ask("complete_request", { code, cursor_pos: code.length });
    return [code.slice(content.cursor_start, content.cursor_end), content.matches];
  };
  assert.deepEqual(await completed('import { buildCnn } from "./lib/vision/cn'), ["cn", ["cnn"]]);
  assert.deepEqual(await completed('import "node:fs'), ["node:fs", ["node:fs", "node:fs/promises"]]);
  assert.deepEqual(await completed('import * as aq from "arq'), ["arq", ["arquero"]]);
});

test("inspection shows examples as code", async () => {
  const code =
    "/** Halves.\n * @example\n * half(4) // 2\n * @param x a number\n */\nconst half = (x: number) => x / 2; half";
  const { content } = await kernel.ask("inspect_request", { code, cursor_pos: code.length, detail_level: 0 });
  const { "text/plain": plain, "text/markdown": markdown } = content.data;
  assert.equal(plain, "const half: (x: number) => number\n\nHalves.\n\n@param x a number\n\n@example\nhalf(4) // 2");
  assert.match(markdown, /\*@param\* x a number\n\n\*@example\*\n\n```typescript\nhalf\(4\) \/\/ 2\n```$/);
});

test("inspection gives the type and the documentation as Markdown", async () => {
  await kernel.run(
    "/** Doubles a **number**.\n * @param x what to double\n */\nfunction double(x: number) { return 2 * x; }",
  );
  const { content } = await kernel.ask("inspect_request", { code: "double(4)", cursor_pos: 3, detail_level: 0 });
  assert.equal(content.found, true);
  const markdown = content.data["text/markdown"];
  assert.match(
    markdown,
    /^```typescript\nfunction double\(x: number\): number\n```\n\nDoubles a \*\*number\*\*\.\n\n\*@param\* x/,
  );
  assert.match(content.data["text/plain"], /^function double\(x: number\): number\n\nDoubles/);
  const none = await kernel.ask("inspect_request", { code: "   ", cursor_pos: 1 });
  assert.deepEqual([none.content.status, none.content.found], ["ok", false]);
});

test("inspection gives the documentation of a package's declarations, and cells go on afterwards", async () => {
  const code = "console.log";
  const { content } = await kernel.ask("inspect_request", { code, cursor_pos: code.length, detail_level: 0 });
  assert.match(content.data["text/plain"], /^\(method\) Console\.log\(.*\n\nPrints to `stdout` with newline/);
  assert.equal((await kernel.run("console.log(1)")).printed(), "1\n");
});

test("a cell that asks about a name is shown its documentation", async () => {
  await kernel.run("/** The answer. */\nconst answer = 42;");
  const { content } = await kernel.run("answer?");
  const [{ source, data }] = content.payload;
  assert.deepEqual([content.status, source, data["text/plain"]], ["ok", "page", "const answer: 42\n\nThe answer."]);
  const unknown = await kernel.run("nowhere?");
  assert.equal(unknown.content.payload[0].data["text/plain"], "Nothing is known of nowhere");
});

test("is_complete tells code that can run from code that wants more lines and code that is wrong", async () => {
  const wanted = {
    "let x = 1": "complete",
    "": "complete",
    "function f() {": "incomplete",
    "[1,": "incomplete",
    "`open": "incomplete",
    "/* open": "incomplete",
    "let = = 3": "invalid",
    "foo)": "invalid",
    "let y = <number>x;": "complete",
  };
  for (const [code, status] of Object.entries(wanted))
    assert.equal((await kernel.ask("is_complete_request", { code })).content.status, status, code);
  assert.equal((await kernel.ask("is_complete_request", { code: "if (x) {" })).content.indent, "  ");
});

test("history gives ranges, the last ones and those that fit a pattern, with their results", async () => {
  const { content } = await kernel.run("6 * 7");
  const count = content.execution_count;
  await kernel.run("'other'");
  await kernel.run("'not kept'", { store_history: false });
  const ask = async (request: object) => (await kernel.ask("history_request", request)).content.history;
  const entry = [0, count, "6 * 7"];
  assert.deepEqual(await ask({ hist_access_type: "range", session: 0, start: count, stop: count + 1 }), [entry]);
  assert.deepEqual(await ask({ hist_access_type: "tail", n: 2, output: true }), [
    [0, count, ["6 * 7", "42"]],
    [0, count + 1, ["'other'", "other"]],
  ]);
  assert.deepEqual(await ask({ hist_access_type: "search", pattern: "6*7", unique: true, n: 5 }), [entry]);
});

test("a comm that is opened is closed, and what the kernel does not know leaves it idle", async () => {
  const published: string[] = [];
  const listen = (type: string, content: object) =>
    kernel.client.request("shell", type, content, ({ header }) => published.push(header.msg_type)).idle;
  await listen("comm_open", { comm_id: "c", target_name: "jupyter.widget", data: {} });
  await listen("no_such_request", {});
  assert.deepEqual(published, ["status", "comm_close", "status", "status", "status"]);
});

test("a reader of the public channel is welcomed, a second one too", async () => {
  const { iopub_port, key } = kernel.connection;
  for (const topic of ["", "", "status"]) {
    const reader = new Subscriber({ linger: 0, receiveTimeout: LONGEST * 1000 });
    try {
      reader.connect(`tcp://127.0.0.1:${iopub_port}`);
      reader.subscribe(topic);
      const { header, parent_header, content } = decodeMessage(await reader.receive(), key);
      assert.deepEqual([header.msg_type, parent_header, content], ["iopub_welcome", {}, { subscription: topic }]);
    } finally {
      reader.close();
    }
  }
});
