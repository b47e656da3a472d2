import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { kernelInfo } from "../../lib/kernel/io/kernelInfo";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import type { Output } from "../../lib/runner/notebook";
import { loadNotebook, parseNotebook } from "../../lib/runner/parseNotebook";
import { type RunOptions, runNotebook } from "../../lib/runner/runNotebook";
import { code, notebookOf, prose } from "./samples";

const fixtures = join(__dirname, "../fixtures/notebooks");
const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(folder, { recursive: true }));

async function run(name: string, options: Partial<RunOptions> = {}) {
  const lines: string[] = [];
  const { output = join(folder, `${name}.ipynb`) } = options;
  const log = (line: string) => lines.push(line);
  const result = await runNotebook(join(fixtures, `${name}.ipynb`), { log, ...options, output });
  const { cells, metadata } = loadNotebook(output);
  return { result, lines, metadata, cells: cells.filter(({ cell_type }) => cell_type === "code") };
}

const stream = (name: string, text: string): Output => ({ output_type: "stream", name, text });
const shown = (plain: string, execution_count: number): Output => ({
  output_type: "execute_result",
  data: { "text/plain": plain },
  metadata: {},
  execution_count,
});
const text = (plain: string): Output => ({ output_type: "display_data", data: { "text/plain": plain }, metadata: {} });

describe("with the real kernel", { concurrency: 2 }, () => {
  test("runNotebook() runs every cell, with parameters, progress, updates, records and a wanted error", async () => {
    const parameters = { epochs: 3, rates: [1, 2], bogus: "x" };
    const html = join(folder, "ok.html");
    const { result, lines, cells, metadata } = await run("ok", { parameters, html });
    assert.equal(result.status, "ok", lines.join("\n"));
    assert.equal(result.cells, 9);
    assert.deepEqual(result.metrics, { accuracy: 0.75, winner: "relu" });
    const others = { name: "plain", backend: "wasm", shuffle: true, bogus: "x" };
    assert.deepEqual(result.parameters, { epochs: 3, rates: [1, 2], ...others });
    assert.equal(lines[0], "Unknown parameter bogus: known are epochs, name, rates, backend, shuffle");
    assert.deepEqual(lines.slice(3, 5), ["[3/9] Values", "        [ 3, 'plain', [ 1, 2 ], 'wasm', true ]"]);
    assert.match(lines[5], /^ {8}… \d\.\d s$/);
    assert.deepEqual(result.results.at(-1), {
      ...{ cell: null, id: "ok-15", title: "An error that is wanted", status: "skipped", seconds: 0 },
      why: "tagged skip-execution",
    });

    const [, injected, values, progress, records, before, update, failing, later, skipped, empty] = cells;
    assert.deepEqual(injected.metadata.tags, ["injected-parameters"]);
    assert.deepEqual(values.outputs, [shown("[ 3, 'plain', [ 1, 2 ], 'wasm', true ]", 3)]);
    assert.deepEqual(progress.outputs, [stream("stdout", "step 3/3\nafter\n"), stream("stderr", "a warning\n")]);
    assert.equal(records.outputs.length, 3);
    assert.deepEqual([before.outputs, update.outputs], [[text("loss 0.25")], []]);
    const [error] = failing.outputs;
    assert.ok(error.output_type === "error");
    assert.deepEqual([error.ename, error.evalue], ["RangeError", "limit is 3\nat most 2 is allowed"]);
    assert.deepEqual(later.outputs, [shown("after the error", 9)]);
    assert.deepEqual(
      cells.map(({ execution_count }) => execution_count),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, null, null],
    );
    assert.deepEqual([skipped.outputs, empty.outputs], [[], []]);
    const papermill = metadata.papermill as Record<string, unknown>;
    assert.deepEqual(metadata.language_info, kernelInfo().language_info, "JupyterLab has nothing to change");
    assert.deepEqual([papermill.status, papermill.parameters], ["completed", { epochs: 3, rates: [1, 2], bogus: "x" }]);
    assert.match(readFileSync(html, "utf8"), /winner <b>relu<\/b>/);
  });

  test("runNotebook() stops at the compiler's errors, which stand in the cell and in the log", async () => {
    const { result, lines, cells } = await run("type-error");
    assert.equal(result.status, "failed");
    const { cell, title, ename, evalue } = result.error ?? {};
    assert.deepEqual([cell, title, ename], [2, "Here it is", "TypeScriptError"]);
    assert.equal(evalue, "1:7 - error TS2322: Type 'string' is not assignable to type 'number'. (and 1 more)");
    assert.match(lines[1], /^\[2\/3\] Here it is {2}failed/);
    assert.match(
      lines[2],
      /type-error\.ipynb, cell 2 \(Here it is\): TypeScriptError: 1:7 - error TS2322: Type 'string'/,
    );
    assert.equal(cells[1].outputs.length, 1);
    assert.deepEqual([cells[2].outputs, cells[2].execution_count], [[], null]);
  });

  test("runNotebook() keeps what a cell printed before it threw, and saves in place without stamps", async () => {
    const file = join(folder, "in-place.ipynb");
    copyFileSync(join(fixtures, "throws.ipynb"), file);
    const result = await runNotebook(file, { output: file, stamps: false });
    const { cells, metadata } = loadNotebook(file);
    assert.equal(result.status, "failed");
    const [banner, , mark, failing] = cells;
    assert.deepEqual(failing.outputs[0], stream("stderr", "only a warning\n"));
    assert.equal(failing.outputs[1].output_type, "error");
    assert.equal(result.error?.ename, "SyntaxError");
    assert.deepEqual([metadata.papermill, failing.metadata], [undefined, {}]);
    assert.match(banner.source, /An error was met in <a href="#failed-throws-2">cell \[1\]<\/a>: SyntaxError: /);
    assert.match(mark.source, /<span id="failed-throws-2"/);
    await runNotebook(file, { output: file, stamps: false });
    assert.deepEqual(loadNotebook(file).cells.length, cells.length);
  });

  test("runNotebook() goes on after errors when it is told to, and still counts as failed", async () => {
    const file = join(folder, "errors.ipynb");
    const [first, second] = [code('throw new RangeError("one");'), code('const two: number = "2";')];
    writeFileSync(file, formatNotebook(notebookOf(first, second, code("6 * 7"))));
    const output = join(folder, "errors.out.ipynb");
    const lines: string[] = [];
    const result = await runNotebook(file, { output, allowErrors: true, log: (line) => lines.push(line) });
    assert.deepEqual([result.status, result.cells, result.error?.cell], ["failed", 3, 1]);
    assert.deepEqual(
      result.results.map(({ status, error }) => [status, error?.ename]),
      [
        ["failed", "RangeError"],
        ["failed", "TypeScriptError"],
        ["ok", undefined],
      ],
    );
    assert.equal(lines.filter((line) => /errors\.ipynb, cell [12] \(/.test(line)).length, 2);
    const { cells } = loadNotebook(output);
    assert.match(
      cells[0].source,
      /#failed-c1">cell \[1\]<\/a>, <a href="#failed-c2">cell \[2\]<\/a>: RangeError: one</,
    );
    assert.deepEqual(cells.at(-1)?.outputs, [shown("42", 3)]);
  });

  test("runNotebook() takes errors and a limit of time as the notebook's own metadata have them", async () => {
    const file = join(folder, "own.ipynb");
    const notebook = notebookOf(code('throw new Error("meant");'), code("await new Promise(() => {});"), code("1"));
    notebook.metadata.execution = { allow_errors: true, timeout: 1 };
    writeFileSync(file, formatNotebook(notebook));
    const result = await runNotebook(file, { output: file });
    assert.deepEqual(
      result.results.map(({ status, error }) => [status, error?.ename]),
      [
        ["ok", undefined],
        ["failed", "CellTimeoutError"],
        ["skipped", undefined],
      ],
    );
    assert.equal(result.error?.evalue, "the cell ran longer than its limit of 1.0 s and was interrupted");
  });

  test("runNotebook() runs from a cell until a cell, and leaves all others as they were", async () => {
    const file = join(folder, "part.ipynb");
    const old = (source: string, tag = "") => ({
      ...{ ...code(source, tag), execution_count: 9 },
      outputs: [stream("stdout", "old\n")],
    });
    const never = old('throw new Error("never");', "skip-execution");
    const cells = [old("let n = 6;"), never, prose("## Now"), old("n *= 7"), old("n"), prose("## Later"), old("n = 0")];
    writeFileSync(file, formatNotebook(notebookOf(...cells)));
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const output = join(folder, "part.out.ipynb");
    const result = await runNotebook(file, { output, from: "now", until: "3", log });
    assert.deepEqual([result.status, result.cells], ["ok", 3]);
    const after = loadNotebook(output).cells.filter(({ cell_type }) => cell_type === "code");
    const kept = [[stream("stdout", "old\n")], 9];
    assert.deepEqual(
      after.map(({ outputs, execution_count }) => [outputs, execution_count]),
      [kept, kept, [[shown("42", 2)], 2], [[shown("42", 3)], 3], kept],
    );
    assert.deepEqual(
      result.results.map(({ status }) => status),
      ["ok", "skipped", "ok", "ok", "skipped"],
    );
    assert.match(lines[0], /^\[2\/4\] Now$/);
  });

  /** Code cells, of which each shows its last value; the fourth does not depend on the first. */
  const chain = (first: string) => [code(first), code("const twice = one * 2; twice"), code("twice + 1"), code("5")];
  const numbers = async (file: string, options: Partial<RunOptions> = {}) => {
    const lines: string[] = [];
    const output = file.replace(".ipynb", ".out.ipynb");
    const result = await runNotebook(file, { output, ...options, log: (line) => lines.push(line) });
    const { cells } = loadNotebook(options.output ?? output);
    const plain = cells.map(({ outputs: [one] }) => (one && "data" in one ? one.data["text/plain"] : undefined));
    return { lines, plain, statuses: result.results.map(({ status, why }) => why ?? status), cells, result };
  };

  test("runNotebook() runs from a cell only what depends on it and what that needs", async () => {
    const file = join(folder, "from.ipynb");
    const old = chain("const one = 1; one").map((cell) => ({
      ...cell,
      outputs: [shown("old", 9)],
      execution_count: 9,
    }));
    writeFileSync(file, formatNotebook(notebookOf(code("const unused = 1"), ...old)));
    const bare = await numbers(file, { from: "3" });
    assert.deepEqual(
      bare.statuses,
      ["ok", "ok", "ok", "ok", "unchanged"],
      "the first has no outputs that it could keep",
    );
    assert.deepEqual(bare.plain, [undefined, "old", "2", "3", "old"]);
    const again = await numbers(join(folder, "from.out.ipynb"), { from: "3" });
    assert.deepEqual(again.statuses, ["not needed", "ok", "ok", "ok", "unchanged"]);
    assert.deepEqual(
      [again.lines[0], again.lines.at(-1)],
      ["[1/5] const unused = 1  not needed", "[5/5] 5  unchanged"],
    );
    assert.equal(again.result.cells, 3);
  });

  test("runNotebook() with `changed` runs what has changed since the run that wrote the output, and what depends on it", async () => {
    const file = join(folder, "changed.ipynb");
    const write = (first: string) => writeFileSync(file, formatNotebook(notebookOf(...chain(first))));
    write("const one = 1; one");
    assert.deepEqual((await numbers(file)).plain, ["1", "2", "3", "5"]);
    const same = await numbers(file, { changed: true });
    assert.deepEqual(same.plain, ["1", "2", "3", "5"]);
    assert.equal(same.lines.length, 1);
    assert.match(same.lines[0], /^nothing has changed since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    assert.deepEqual([same.result.status, same.result.cells], ["ok", 0]);
    write("const one = 4; one");
    const changed = await numbers(file, { changed: true });
    assert.deepEqual(changed.plain, ["4", "8", "9", "5"]);
    assert.deepEqual(changed.statuses, ["ok", "ok", "ok", "unchanged"]);
    assert.deepEqual((await numbers(file)).statuses, ["ok", "ok", "ok", "ok"], "without it all cells run");
  });

  test("runNotebook() with `changed` sees other parameters, other files and failed cells, and notes keys in place only when asked", async () => {
    const file = join(folder, "seen.ipynb");
    const module = join(folder, "factor.ts");
    writeFileSync(module, "export const factor = 2;");
    const cells = [code("const size: number = 1;", "parameters"), code('import { factor } from "./factor"; factor')];
    writeFileSync(file, formatNotebook(notebookOf(...cells, code("size * factor"), code("size"), code("7"))));
    const inPlace = await numbers(file, { output: file, stamps: false });
    assert.deepEqual(inPlace.cells[1].metadata, {});
    const strict = { output: file, stamps: false, changed: true };
    assert.deepEqual((await numbers(file, strict)).statuses, ["ok", "ok", "ok", "ok", "ok"]);
    assert.equal((await numbers(file, strict)).result.cells, 0);
    writeFileSync(module, "export const factor = 3;");
    const other = await numbers(file, strict);
    assert.deepEqual([other.statuses, other.plain[2]], [["ok", "ok", "ok", "unchanged", "unchanged"], "3"]);
    const given = await numbers(file, { ...strict, parameters: { size: 2 } });
    assert.deepEqual(given.statuses, ["ok", "ok", "ok", "ok", "ok", "unchanged"]);
    writeFileSync(module, "export const factor: number = (() => { throw new Error('no'); })();");
    assert.equal((await numbers(file, { ...strict, parameters: { size: 2 } })).result.status, "failed");
    const failed = await numbers(file, { ...strict, parameters: { size: 2 } });
    assert.equal(failed.result.status, "failed", "a failed cell runs again");
    const stamped = loadNotebook(file);
    stamped.metadata.papermill = { duration: 1 };
    writeFileSync(file, formatNotebook(stamped));
    await numbers(file, strict);
    assert.equal(loadNotebook(file).metadata.papermill, undefined, "no stamps in place");
  });

  test("runNotebook() interrupts a cell at its timeout", async () => {
    const { result, cells } = await run("endless", { cellTimeout: 1 });
    assert.equal(result.status, "failed");
    assert.equal(result.error?.cell, 2);
    assert.equal(result.error?.evalue, "the cell ran longer than its limit of 1.0 s and was interrupted");
    assert.deepEqual(cells[1].outputs[0], stream("stdout", "waiting\n"));
    assert.deepEqual(cells[1].outputs.length, 2);
  });

  test("runNotebook() ends the kernel of a cell that does not hear the interrupt", async () => {
    const { result } = await run("deaf", { cellTimeout: 0.5, interruptGrace: 0.3 });
    assert.equal(
      result.error?.evalue,
      "the cell ran longer than its limit of 0.5 s and did not react to an interrupt, so its kernel was ended",
    );
  });

  test("runNotebook() ends with what there is when it is told to stop", async () => {
    const stop = new AbortController();
    const log = (line: string) => line.includes("waiting") && stop.abort();
    const output = join(folder, "stopped.ipynb");
    const { result, cells } = await run("endless", { signal: stop.signal, log, output, interruptGrace: 0.3 });
    assert.equal(result.status, "interrupted");
    assert.deepEqual([result.error?.cell, result.error?.ename], [2, "Interrupted"]);
    assert.deepEqual(cells[0].outputs, [shown("before", 1)]);
    const [printed, error] = cells[1].outputs;
    assert.deepEqual(printed, stream("stdout", "waiting\n"));
    assert.ok(error.output_type === "error" && error.evalue === "the run was stopped on request");
  });

  test("runNotebook() tells of a kernel that died, and keeps its last output", async () => {
    const { result, cells } = await run("dies");
    assert.equal(result.status, "failed");
    assert.deepEqual([result.error?.cell, result.error?.ename], [1, "KernelDeathError"]);
    assert.equal(result.error?.evalue, "The kernel died (signal SIGKILL).");
    assert.deepEqual(cells[0].outputs[0], stream("stdout", "last line\n"));
  });
});

test("runNotebook() tells of a kernel that cannot start, with its last words", async () => {
  const spec = () => ({ argv: [process.execPath, "-e", "console.error('no such module'); process.exit(3)"], env: {} });
  const { result } = await run("throws", { spec });
  assert.deepEqual([result.status, result.cells, result.error?.cell], ["failed", 0, 0]);
  assert.deepEqual(result.error?.traceback, [
    "The kernel ended at its start (exit code 3). Its last words:",
    "no such module",
  ]);
});

test("runNotebook() refuses what it cannot run before it writes anything", async () => {
  const output = join(folder, "refused.ipynb");
  const refused = (file: string, options = {}) => runNotebook(file, { output, ...options });
  const ok = join(fixtures, "ok.ipynb");
  await assert.rejects(refused(ok, { parameters: { epochs: "many" } }), {
    name: "RangeError",
    message: 'The parameter epochs is "many"; a number is wanted',
  });
  const python = parseNotebook(readFileSync(ok, "utf8"));
  python.metadata.kernelspec = { name: "python3", language: "python" };
  const file = join(folder, "python.ipynb");
  writeFileSync(file, JSON.stringify(python));
  await assert.rejects(refused(file), {
    name: "RangeError",
    message: `${file} is written for the kernel "python3"; this runner has "tslab", for TypeScript`,
  });
  writeFileSync(file, "{");
  await assert.rejects(refused(file), { name: "SyntaxError" });
  await assert.rejects(refused(join(folder, "none.ipynb")), { code: "ENOENT" });
  assert.ok(!existsSync(output));
});

test("runNotebook() tells why a page could not be written, and keeps its result and its notebook", async () => {
  const file = join(folder, "prose.ipynb");
  writeFileSync(file, formatNotebook(notebookOf(prose("# Only words"))));
  const html = join(folder, "taken.html");
  mkdirSync(html);
  const output = join(folder, "prose.out.ipynb");
  const lines: string[] = [];
  const result = await runNotebook(file, { output, html, log: (line) => lines.push(line) });
  assert.deepEqual([result.status, result.html], ["ok", undefined]);
  assert.equal(lines.length, 1);
  assert.match(lines[0], /^the page .*taken\.html could not be written: E[A-Z]+: /);
  assert.equal(loadNotebook(output).cells[0].source, "# Only words");
});

test("runNotebook() has left no half-written file, also where one could not be put in its place", () => {
  const drafts = readdirSync(folder).filter((name) => name.startsWith("."));
  assert.deepEqual(drafts, []);
});
