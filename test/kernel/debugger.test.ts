import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { type DebugClient, newDebugClient } from "./debugClient";
import { type LiveKernel, startLiveKernel } from "./liveKernel";

/* oxlint-disable typescript/no-explicit-any */

const folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier debugger-")));
const helper = join(folder, "helper.ts");
let kernel: LiveKernel;
let client: DebugClient;

before(async () => {
  writeFileSync(helper, "export function half(x: number): number {\n  const y = x / 2;\n  return y;\n}\n");
  kernel = await startLiveKernel(folder);
  client = await newDebugClient(kernel);
});
beforeEach(async () => {
  await client.send("initialize", { clientID: "test" });
  await client.send("attach");
  await client.event("initialized");
});
afterEach(async () => {
  await client.send("disconnect");
  await client.event("terminated");
});
after(async () => {
  client.close();
  await kernel.end();
  rmSync(folder, { recursive: true });
});

/** Waits for a stop and tells where it is: the frames, as name and line. */
async function stopped(reason: string): Promise<string[]> {
  assert.equal((await client.event("stopped")).reason, reason);
  const { stackFrames } = await client.send("stackTrace", { threadId: 1 });
  return stackFrames.map(({ name, line }: any) => `${name}:${line}`);
}

/** The variables of the innermost frame, by their scopes. */
async function variables(): Promise<Record<string, string[]>> {
  const { stackFrames } = await client.send("stackTrace", { threadId: 1, levels: 1 });
  const { scopes } = await client.send("scopes", { frameId: stackFrames[0].id });
  const listed = scopes.map(async ({ name, variablesReference }: any) => {
    const found = await client.send("variables", { variablesReference });
    return [name, found.variables.map((one: any) => `${one.name}: ${one.type} = ${one.value}`)];
  });
  return Object.fromEntries(await Promise.all(listed));
}

async function evaluate(expression: string): Promise<string> {
  const { stackFrames } = await client.send("stackTrace", { threadId: 1, levels: 1 });
  return (await client.send("evaluate", { expression, frameId: stackFrames[0].id })).result;
}

test("a kernel says that it has a debugger", async () => {
  const { content } = await kernel.ask("kernel_info_request");
  assert.equal(content.debugger, true);
  assert.ok(content.supported_features.includes("debugger"));
});

test("a cell stops at its breakpoint, steps into a function of an earlier cell and out again, and ends with its value", async () => {
  await kernel.run("let n = 5;\nfunction twice(x: number) {\n  const y = x * 2;\n  return y + n;\n}");
  const code = "const a: number = 1;\nconst b = twice(a);\nfor (let i = 0; i < 3; i++) n += i;\nb";
  const path = await client.breakIn(code, 2);
  const running = kernel.run(code);
  assert.match((await stopped("breakpoint"))[0], /^cell \d+:2$/);
  const { stackFrames } = await client.send("stackTrace");
  assert.equal(stackFrames[0].source.path, path);
  assert.deepEqual((await client.send("debugInfo")).stoppedThreads, [1]);
  assert.equal(await evaluate("a + n"), "6");
  await client.send("stepIn");
  assert.equal((await stopped("step"))[0], "twice:3");
  assert.deepEqual((await variables()).Local, ["x: number = 1", "y: undefined = undefined"]);
  assert.equal(await evaluate("[x, n, typeof twice] as unknown"), "Array(3) [ 1, 5, 'function' ]");
  await client.send("next");
  assert.equal((await stopped("step"))[0], "twice:4");
  assert.deepEqual((await variables()).Local, ["x: number = 1", "y: number = 2"]);
  await client.send("stepOut");
  assert.match((await stopped("step"))[0], /^cell \d+:3$/);
  await client.send("next");
  assert.match((await stopped("step"))[0], /^cell \d+:4$/, "a loop in one line is one step");
  const found = (await variables()).Globals;
  for (const one of ["n: number = 8", "a: number = 1", "b: number = 7"]) assert.ok(found.includes(one), String(found));
  await client.send("next");
  const { of, content } = await running;
  assert.equal(content.status, "ok");
  assert.equal(of("execute_result")[0].data["text/plain"], "7");
  assert.deepEqual((await client.send("debugInfo")).stoppedThreads, []);
});

test("a breakpoint stays when its cell runs again, until it is taken away", async () => {
  const code = "var times = 0;\ntimes += 1;\ntimes += 10;";
  await client.breakIn(code, 3);
  assert.deepEqual(
    (await client.send("debugInfo")).breakpoints.map((one: any) => one.breakpoints),
    [[{ line: 3 }]],
  );
  for (let turn = 0; turn < 2; turn++) {
    const running = kernel.run(code);
    assert.match((await stopped("breakpoint"))[0], /:3$/);
    await client.send("continue");
    await running;
  }
  await client.breakIn(code);
  assert.equal((await kernel.run(code)).content.status, "ok");
  assert.deepEqual((await client.send("debugInfo")).breakpoints, []);
});

test("a breakpoint in a file that a cell imports, before and after it was loaded", async () => {
  const set = () => client.send("setBreakpoints", { source: { path: helper }, breakpoints: [{ line: 3 }] });
  assert.equal((await set()).breakpoints[0].verified, false);
  const running = kernel.run('import { half } from "./helper";\nhalf(8)');
  assert.equal((await stopped("breakpoint"))[0], "half:3");
  let told = await client.event("breakpoint");
  while (told.breakpoint.source.path !== helper) told = await client.event("breakpoint"); // those of tests before
  assert.deepEqual([told.reason, told.breakpoint.verified, told.breakpoint.line], ["changed", true, 3]);
  assert.deepEqual((await variables()).Local, ["x: number = 8", "y: number = 4"]);
  await client.send("continue");
  assert.equal((await running).of("execute_result")[0].data["text/plain"], "4");
  const { modules } = await client.send("modules");
  assert.deepEqual(
    modules.map(({ path }: any) => path),
    [helper],
  );
  assert.match((await client.send("source", { source: { path: helper } })).content, /export function half/);
  assert.equal((await set()).breakpoints[0].verified, true);
  const again = kernel.run("half(2)");
  assert.equal((await stopped("breakpoint"))[0], "half:3");
  await client.send("continue");
  await again;
});

test("a step goes over an await, and the frames of those that await are shown", async () => {
  const code = "async function later(x: number) {\n  await null;\n  return x + 1;\n}\nconst got = await later(1);\ngot";
  await client.breakIn(code, 2);
  const running = kernel.run(code);
  assert.equal((await stopped("breakpoint"))[0], "later:2");
  await client.send("next");
  const frames = await stopped("step");
  assert.equal(frames[0], "later:3");
  assert.match(frames[1], /^cell \d+:5$/);
  const { stackFrames } = await client.send("stackTrace");
  await assert.rejects(client.send("evaluate", { expression: "1", frameId: stackFrames[1].id }), /awaits, so nothing/);
  await client.send("continue");
  assert.equal((await running).of("execute_result")[0].data["text/plain"], "2");
});

test("exceptions stop the cell: all of them, or those that its code does not catch", async () => {
  const code =
    "try {\n  JSON.parse('{');\n} catch {}\nconst fails = () => {\n  throw new RangeError('too far');\n};\nfails();";
  await client.send("setExceptionBreakpoints", { filters: ["all"] });
  const all = kernel.run(code);
  assert.match((await stopped("exception"))[0], /:2$/);
  await client.send("continue");
  assert.equal((await stopped("exception"))[0], "fails:5");
  const info = await client.send("exceptionInfo");
  assert.equal(info.exceptionId, "RangeError");
  assert.equal(info.description, "RangeError: too far");
  await client.send("continue");
  assert.equal((await all).content.evalue, "too far");
  await client.send("setExceptionBreakpoints", { filters: ["uncaught"] });
  const uncaught = kernel.run(code);
  assert.equal((await stopped("exception"))[0], "fails:5");
  await client.send("continue");
  assert.equal((await uncaught).content.ename, "RangeError");
  await client.send("setExceptionBreakpoints", { filters: [] });
  assert.equal((await kernel.run(code)).content.ename, "RangeError");
});

test("conditions, hit counts and messages of breakpoints", async () => {
  const code = "let sum = 0;\nfor (let i = 0; i < 6; i++) {\n  sum += i;\n}\nsum";
  await client.breakIn(code, { line: 3, condition: "i === 4 && sum > 0" });
  const conditional = kernel.run(code);
  assert.match((await stopped("breakpoint"))[0], /:3$/);
  assert.equal(await evaluate("i"), "4");
  await client.send("continue");
  await conditional;
  await client.breakIn(code, { line: 3, hitCondition: "% 3" });
  const counted = kernel.run(code);
  const seen: string[] = [];
  for (let turn = 0; turn < 2; turn++) {
    await stopped("breakpoint");
    seen.push(await evaluate("i"));
    await client.send("continue");
  }
  assert.deepEqual(seen, ["2", "5"]);
  await counted;
  await client.breakIn(code, { line: 3, logMessage: "i is {i}, {nothing}" });
  const logged = await kernel.run(code);
  const lines = logged.printed().trim().split("\n");
  assert.equal(lines.length, 6);
  assert.equal(lines[1], "i is 1, {nothing: ReferenceError: nothing is not defined}");
});

test("a debugger statement stops, and what is evaluated there can change variables", async () => {
  const running = kernel.run(
    "let level = 1;\nfunction probe(local: number) {\n  debugger;\n  return local + level;\n}\nprobe(1)",
  );
  assert.equal((await stopped("breakpoint"))[0], "probe:3");
  await evaluate("local = 20");
  await evaluate("level = 300");
  assert.equal(await evaluate("{ a: level }"), "{ a: 300 }");
  await assert.rejects(evaluate("missing.x"), /ReferenceError: missing is not defined/);
  const { stackFrames } = await client.send("stackTrace");
  const copied = { srcVariableName: "local", dstVariableName: "copied", srcFrameId: stackFrames[0].id };
  await client.send("copyToGlobals", copied);
  await client.send("continue");
  assert.equal((await running).of("execute_result")[0].data["text/plain"], "320");
  assert.equal((await kernel.run("copied + 1")).of("execute_result")[0].data["text/plain"], "21");
});

test("a pause stops an endless loop, whose variables can be looked at; an interrupt ends it where it stands", async () => {
  const running = kernel.run("let turns = 0;\nwhile (true) {\n  turns += 1;\n}");
  await client.send("threads"); // the cell runs
  while (
    !(await client.send("inspectVariables")).variables.some((one: any) => one.name === "turns" && Number(one.value) > 0)
  );
  await client.send("pause");
  assert.match((await stopped("pause"))[0], /^cell \d+:[23]$/);
  assert.ok(Number(await evaluate("turns")) > 0);
  await kernel.ask("interrupt_request", {}, "control");
  const { content } = await running;
  assert.equal(content.ename, "KeyboardInterrupt");
  assert.equal((await kernel.run("1 + 1")).of("execute_result")[0].data["text/plain"], "2");
});

test("a pause stops a cell that awaits, as soon as its code goes on", async () => {
  const code = "for (let i = 0; i < 100; i++) {\n  await new Promise((r) => setTimeout(r, 20));\n}\n'end'";
  const running = kernel.run(code);
  await new Promise((resolve) => setTimeout(resolve, 300)); // it awaits
  await client.send("pause");
  assert.match((await stopped("pause"))[0], /:[12]$/);
  await client.send("continue");
  assert.match((await running).of("execute_result")[0].data["text/plain"], /end/);
});

/** Holds the thread without work for the processor. */
const SLEEP = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);";

test("what is evaluated without end is broken off, where the program stands and where nothing runs", async () => {
  const brokenOff = (code: string) => ({ message: `${code} was broken off after 5 s; run it in a cell` });
  const running = kernel.run("debugger;\n1 + 1");
  await stopped("breakpoint");
  const sleeping = `while (true) ${SLEEP}`;
  await assert.rejects(evaluate(sleeping), brokenOff(sleeping));
  await client.send("continue");
  assert.equal((await running).of("execute_result")[0].data["text/plain"], "2");
  const spinning = "while (true);";
  await assert.rejects(client.send("evaluate", { expression: spinning }), brokenOff(spinning));
  assert.equal((await kernel.run("2 + 2")).of("execute_result")[0].data["text/plain"], "4");
});

test("values are listed with shape, size and what is inside, and shown in full", async () => {
  const code = [
    "class Point { constructor(public x: number, private hidden = [1, 2]) {} get far(): number { throw new Error('called'); } }",
    "const point = new Point(3), map = new Map([['k', 1]]), numbers = new Float32Array(2000), text = 'a\\nb', none = null;",
    "const tensor = { shape: [2, 3], dtype: 'float32', isDisposedInternal: false };",
    "const picture = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>bold</b>' }) };",
  ].join("\n");
  await kernel.run(code);
  const { variables: all } = await client.send("inspectVariables");
  const find = (name: string) => all.find((one: any) => one.name === name);
  const shown = (name: string) => `${find(name).type} = ${find(name).value}`;
  assert.equal(shown("point"), "Point = Point { x: 3, hidden: [Array] }");
  assert.match(shown("map"), /^Map\(1\) = Map\(1\) \{ 'k' => 1 \}$/);
  assert.match(shown("numbers"), /^Float32Array\(2000\) = Float32Array\(2000\) \[ 0, 0/);
  assert.equal(shown("tensor"), "Object [2, 3] float32 = Object [2, 3] float32, 6 values");
  assert.equal(shown("text"), "string = 'a\\nb'");
  assert.equal(shown("none"), "null = null");
  const inside = async (name: string, part = {}) =>
    (await client.send("variables", { variablesReference: find(name).variablesReference, ...part })).variables;
  assert.deepEqual(
    (await inside("point")).map(({ evaluateName }: any) => evaluateName),
    ["point.x", "point.hidden"],
  );
  const part = await inside("numbers", { filter: "indexed", start: 1990, count: 5 });
  assert.deepEqual(
    part.map(({ name }: any) => name),
    ["1990", "1991", "1992", "1993", "1994"],
  );
  const { data } = await client.send("richInspectVariables", { variableName: "picture" });
  assert.equal(data["text/html"], "<b>bold</b>");
});

test("a value whose own code throws is listed as such, and keeps no other from being listed", async () => {
  const code = [
    "const lazy = { get numRows(): number { throw new Error('called'); } };",
    "const tagged = { get [Symbol.toStringTag](): string { throw new Error('called'); } };",
    "const no = () => { throw new Error('called'); };",
    "const trapped = new Proxy({}, { get: no, ownKeys: no, getOwnPropertyDescriptor: no, getPrototypeOf: no });",
    "const listed = { deep: trapped, fine: 1 }, partly = new Proxy({ a: 1 }, { getOwnPropertyDescriptor: no });",
  ].join("\n");
  assert.equal((await kernel.run(code)).content.status, "ok");
  const { variables: all } = await client.send("inspectVariables");
  const find = (name: string) => all.find((one: any) => one.name === name);
  for (const name of ["lazy", "tagged", "trapped"])
    assert.equal(find(name).value, "(throws when it is looked at)", name);
  const inside = async (name: string) => {
    const { variables } = await client.send("variables", { variablesReference: find(name).variablesReference });
    return variables.map((one: any) => `${one.name}: ${one.value}`);
  };
  assert.deepEqual(await inside("listed"), ["deep: (throws when it is looked at)", "fine: 1"]);
  assert.deepEqual(await inside("lazy"), ["numRows: (computed when read)"]);
});

test("large values are listed in parts, and what is inside them only where it is asked for", async () => {
  await kernel.run(
    "const keys = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`k${i}`, i])), long = Array(5e6).fill(1);",
  );
  const start = Date.now();
  const { variables: all } = await client.send("inspectVariables");
  assert.ok(Date.now() - start < 1000, `an array of five million elements took ${Date.now() - start} ms`);
  const { variablesReference, namedVariables } = all.find((one: any) => one.name === "keys");
  const inside = async (part = {}) => (await client.send("variables", { variablesReference, ...part })).variables;
  assert.deepEqual([namedVariables, (await inside()).length], [1500, 1000]);
  const rest = await inside({ filter: "named", start: 1498, count: 10 });
  assert.deepEqual(
    rest.map(({ name }: any) => name),
    ["k1498", "k1499"],
  );
});

test("a value that was looked at is freed once the notebook has it no more, and its number stands for no other", async () => {
  await kernel.run(`import { setFlagsFromString } from "node:v8"; import { runInNewContext } from "node:vm";
    setFlagsFromString("--expose-gc"); const collect = runInNewContext("gc");
    let looked: unknown = { at: [1] }, asked: unknown = { for: [1] };
    const kept = [new WeakRef(looked as object), new WeakRef(asked as object)];`);
  const first = (await client.send("inspectVariables")).variables.find(({ name }: any) => name === "looked");
  await client.send("evaluate", { expression: "asked" });
  await client.send("copyToGlobals", { srcVariableName: "asked", dstVariableName: "copied" });
  await client.send("richInspectVariables", { variableName: "asked" });
  await kernel.run("looked = asked = copied = 0;");
  await client.send("inspectVariables");
  await assert.rejects(
    client.send("variables", { variablesReference: first.variablesReference }),
    /ask for the scopes/,
  );
  const { of } = await kernel.run(
    "await new Promise((resolve) => setTimeout(resolve, 20)); collect(); kept.map((one) => one.deref())",
  );
  assert.equal(of("execute_result")[0].data["text/plain"], "[ undefined, undefined ]");
});

test("a request that cannot be met says why", async () => {
  await assert.rejects(client.send("next"), /The program does not stand/);
  await assert.rejects(client.send("exceptionInfo"), /The program does not stand/);
  await assert.rejects(client.send("reverseContinue"), /knows no command reverseContinue/);
  await assert.rejects(client.send("source", { source: { path: "/nowhere.ts" } }), /No code of this kernel comes from/);
  await assert.rejects(client.send("variables", { variablesReference: 12345 }), /ask for the scopes again/);
  await client.send("disconnect");
  await assert.rejects(client.send("setBreakpoints", { source: { path: "x" } }), /send initialize and attach first/);
  await client.send("initialize");
});

test("two breakpoints whose code begins at one place are both set, and so is what follows", async () => {
  const code = "// the first line has no code\nvar first = 1;\nfirst += 1;\nfirst";
  await client.breakIn(code, 1, 2, 3);
  const running = kernel.run(code);
  assert.match((await stopped("breakpoint"))[0], /:2$/);
  await client.send("continue");
  assert.match((await stopped("breakpoint"))[0], /:3$/);
  await client.breakIn(code, 1, 2);
  await client.breakIn(code);
  await client.send("continue");
  assert.equal((await running).of("execute_result")[0].data["text/plain"], "2");
});

test("breakpoints of a file lie in its lines as they are now, where it has changed", async () => {
  const edited = join(folder, "edited.ts");
  const third = "export function third(x: number): number {\n  const y = x / 3;\n  return y;\n}\n";
  writeFileSync(edited, third);
  await client.send("setBreakpoints", { source: { path: edited }, breakpoints: [{ line: 6 }, { line: 7 }] });
  await kernel.run('import { third } from "./edited";\nthird(3)');
  writeFileSync(edited, `export const one = () => {\n  return 1;\n};\n\n${third}`);
  const running = kernel.run('import { third, one } from "./edited";\none() + third(3)');
  assert.equal((await stopped("breakpoint"))[0], "third:6");
  await client.send("continue");
  assert.equal((await stopped("breakpoint"))[0], "third:7");
  await client.send("setBreakpoints", { source: { path: edited }, breakpoints: [{ line: 6 }] });
  await client.send("continue");
  await running;
  writeFileSync(edited, `// moved\n\n\n\n${third}// moved\n`);
  const again = kernel.run('import { third } from "./edited";\nthird(6)');
  assert.equal((await stopped("breakpoint"))[0], "third:6");
  await client.send("continue");
  assert.equal((await again).of("execute_result")[0].data["text/plain"], "2");
  await client.send("setBreakpoints", { source: { path: edited }, breakpoints: [] });
});

test("the debugger can leave while a condition is evaluated again and again", async () => {
  const code = "let all = 0;\nfor (let i = 0; i < 1e5; i++) {\n  all += 1;\n}\nall";
  for (let wait = 100; wait <= 300; wait += 40) {
    await client.breakIn(code, { line: 3, condition: "i < 0" });
    const running = kernel.run(code);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await client.send("disconnect");
    assert.equal((await running).of("execute_result")[0].data["text/plain"], "100000");
    await client.send("initialize");
  }
});

test("a cell that stands goes on when the debugger leaves, and a kernel that stands can be shut down", async () => {
  const running = kernel.run("debugger;\n'went on'");
  await stopped("breakpoint");
  await client.send("disconnect");
  assert.match((await running).of("execute_result")[0].data["text/plain"], /went on/);
  await client.send("initialize");
  void kernel.run("debugger;");
  await client.event("stopped");
  const start = Date.now();
  await kernel.end();
  assert.ok(Date.now() - start < 3000, "it was not waited for");
  client.close();
  kernel = await startLiveKernel(folder);
  client = await newDebugClient(kernel);
  await client.send("initialize");
});

test("what is evaluated while cells are compiled harms none of them", async () => {
  await kernel.run("let asked = 0;");
  let isDone = false;
  const asking = (async () => {
    while (!isDone) assert.match((await client.send("evaluate", { expression: "asked + 0" })).result, /^\d+$/);
  })();
  for (let cell = 0; cell < 60; cell++) {
    const { content } = await kernel.run(
      `asked = ${cell}; const list${cell} = [asked].map((x) => ({ x, y: \`\${x}\` }));`,
    );
    assert.equal(content.status, "ok", content.evalue);
  }
  isDone = true;
  await asking;
});

test("an interrupt ends a cell whose breakpoint is being decided on, and conditions may end in a comment", async () => {
  const slow = `(() => { for (const start = Date.now(); Date.now() - start < 3000; ) ${SLEEP} return true; })() // at last`;
  const code = "let waited = 0;\nwaited += 1;\nwaited";
  await client.breakIn(code, { line: 2, condition: slow });
  const running = kernel.run(code);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await kernel.ask("interrupt_request", {}, "control");
  assert.equal((await running).content.ename, "KeyboardInterrupt");
  assert.deepEqual((await client.send("debugInfo")).stoppedThreads, []);
  await client.breakIn(code, { line: 2, condition: "waited === 1 // never" });
  assert.equal((await kernel.run(code)).of("execute_result")[0].data["text/plain"], "1");
});

test("breakpoints that are set at the same time are all set", async () => {
  const codes = ["let one = 1;\none", "let two = 2;\ntwo"];
  await Promise.all([client.breakIn(codes[0], 1), client.breakIn(codes[1], 1), client.breakIn(codes[0], 2)]);
  const stops = (await client.send("debugInfo")).breakpoints.map((one: any) =>
    one.breakpoints.map(({ line }: any) => line),
  );
  assert.deepEqual(stops.sort(), [[1], [2]]);
});
