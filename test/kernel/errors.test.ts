import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type LiveKernel, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
after(() => kernel.end());

/** The error message of a cell, which its reply repeats; its cell's number stands as N. */
async function errorOf(code: string) {
  const { of, content } = await kernel.run(code);
  const [error, ...more] = of("error");
  assert.deepEqual(more, []);
  const { status, execution_count, ename, evalue, traceback } = content;
  assert.deepEqual({ ename, evalue, traceback }, error);
  assert.equal(status, "error");
  const lines = (traceback as string[]).map((line) => line.replaceAll(`cell ${execution_count}:`, "cell N:"));
  return { ename, evalue, traceback: lines };
}

test("an error tells of its line in the cell, which is marked", async () => {
  const code = 'interface Gone { a: number }\nconst x: number = 1;\nthrow new RangeError("limit is 3");\n';
  assert.deepEqual(await errorOf(code), {
    ename: "RangeError",
    evalue: "limit is 3",
    traceback: [
      "RangeError: limit is 3",
      "    at cell N:3:7",
      "    2 | const x: number = 1;",
      '--> 3 | throw new RangeError("limit is 3");',
      "    4 |",
    ],
  });
});

test("an error in a function of an earlier cell tells of both cells, also after an await", async () => {
  const { content } = await kernel.run(
    "async function check(x: number) {\n  await null;\n  if (x > 3)\n    throw new Error();\n}",
  );
  const { traceback } = await errorOf("type T = 1;\n\nawait check(5);");
  assert.deepEqual(traceback, [
    "Error",
    `    at check (cell ${content.execution_count}:4:11)`,
    "    3 |   if (x > 3)",
    "--> 4 |     throw new Error();",
    "    5 | }",
    "    at async cell N:3:1",
    "    2 |",
    "--> 3 | await check(5);",
  ]);
});

test("an error that is printed or is a value tells of the cell's code, not of what runs cells", async () => {
  const shown = async (code: string) => {
    const { of, printed, content } = await kernel.run(code);
    const text =
      printed() +
      printed("stderr") +
      of("execute_result")
        .map(({ data }) => data["text/plain"])
        .join("");
    return text.replaceAll(`cell ${content.execution_count}:`, "cell N:").trim();
  };
  assert.equal(await shown('console.log(new Error("printed"))'), "Error: printed\n    at cell N:1:13");
  assert.equal(await shown('console.trace("trace")'), "Trace: trace\n    at cell N:1:9");
  assert.equal(await shown('[new RangeError("value")]'), "[\n  RangeError: value\n      at cell N:1:2\n]");
  const caught = "const fail = async () => { await null; throw new Error('late'); };\ntry { await fail() } catch (error) { console.log(error) }"; // prettier-ignore
  assert.match(
    await shown(caught),
    /^Error: late\n {4}at fail \(cell N:1:46\)\n(.*\(node:.*\n)?.* {4}at async cell N:2:7$/,
  );
  const inNode =
    'try { (await import("node:fs")).readFileSync("/none") } catch (error) { console.log((error as Error).stack) }';
  assert.match(await shown(inNode), /^Error: ENOENT.*\n( {4}at .*\(node:fs:\d+:\d+\)\n)+ {4}at cell N:1:\d+$/);
});

test("an error inside the library tells of the library's own lines and of the cell's", async () => {
  const { ename, traceback } = await errorOf('import { parseCsv } from "./lib/data/csv";\nparseCsv("1,2,x");');
  assert.notEqual(ename, "TypeScriptError");
  const frames = traceback.filter((line) => line.startsWith("    at "));
  assert.match(frames[0], /^ {4}at .*\(lib\/data\/\w+\.ts:\d+:\d+\)$/);
  assert.match(frames.at(-1) ?? "", /^ {4}at cell N:2:\d$/);
  assert.ok(!traceback.some((line) => /node_modules|node:|kernel/.test(line)), traceback.join("\n"));
});

test("the compiler's messages are one error with codes, places and carets, whole chains in one message", async () => {
  assert.deepEqual(await errorOf('const n: number = "text";\n\tconst m: string = 5;'), {
    ename: "TypeScriptError",
    evalue: "1:7 - error TS2322: Type 'string' is not assignable to type 'number'. (and 1 more)",
    traceback: [
      "1:7 - error TS2322: Type 'string' is not assignable to type 'number'.",
      '    const n: number = "text";',
      "          ^",
      "2:8 - error TS2322: Type 'number' is not assignable to type 'string'.",
      "    \tconst m: string = 5;",
      "    \t      ^",
    ],
  });
  const chain = await errorOf("const f: (a: { b: number }) => void = (a: { b: string }) => {};");
  assert.doesNotMatch(chain.evalue, /more\)$/);
  assert.ok(chain.traceback.length > 4, chain.traceback.join("\n"));
});

test("causes, gathered errors and thrown values that are no errors are told too", async () => {
  const { traceback } = await errorOf('throw new TypeError("outer", { cause: new Error("inner") })');
  assert.ok(traceback.includes("Caused by Error: inner"));
  assert.deepEqual(await errorOf("throw { a: 1 }"), {
    ename: "Error",
    evalue: "{ a: 1 }",
    traceback: ["thrown: { a: 1 }"],
  });
  assert.equal((await errorOf('JSON.parse("{")')).ename, "SyntaxError");
});
