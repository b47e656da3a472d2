import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CellReport, joinReports } from "../../lib/kernel/profile/cellReport";
import { type LiveKernel, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
after(() => kernel.end());

const WORK = `function slowSum(count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.sqrt(i);
  return sum;
}
const spin = (ms: number) => { for (const start = Date.now(); Date.now() - start < ms; ) slowSum(1000); };`;

/** The flame graphs that an answer shows. */
function graphs({ of }: Awaited<ReturnType<LiveKernel["run"]>>) {
  return of("display_data").filter(({ data }) => /^Where .* went/.test(data["text/plain"]));
}

test("a cell with the comment // @profile shows where its time went, as a figure and as text", async () => {
  await kernel.run(WORK);
  const answer = await kernel.run("// @profile\nspin(150);\n'done'");
  assert.equal(answer.of("execute_result")[0].data["text/plain"], "done");
  const [{ data }] = graphs(answer);
  const [first, ...lines] = data["text/plain"].split("\n");
  assert.match(first, /^Where \d+\.\d+ m?s went, in the functions themselves:$/);
  assert.match(lines.join("\n"), /ms {2}(slowSum|spin) {2}cell \d+:\d/);
  const figure = data["application/vnd.plotly.v1+json"];
  const names = figure.data.flatMap(({ hovertext }: { hovertext: string[] }) => hovertext).join("\n");
  assert.match(names, /<b>spin<\/b><br>cell \d+:6/);
  assert.match(names, /<b>slowSum<\/b><br>cell \d+:1/);
  assert.ok(!/kernel/.test(names), "the kernel's own functions are left out");
});

test("a profile goes through awaits, into files of the library, and is there where the cell throws", async () => {
  const code = `// what this is about
// @profile
import { normal, seededRandom } from "./lib/random";
const draw = seededRandom(1);
await new Promise((resolve) => setTimeout(resolve, 300));
for (const start = Date.now(); Date.now() - start < 100; ) for (let i = 0; i < 10000; i++) normal(draw);
throw new RangeError("after all");`;
  const answer = await kernel.run(code);
  assert.equal(answer.content.ename, "RangeError");
  const [{ data }] = graphs(answer);
  assert.match(data["text/plain"], /lib\/random\.ts:\d+/);
  assert.match(data["text/plain"], /waiting/);
});

test("a profile is there of a cell that was interrupted", async () => {
  const running = kernel.run("// @profile\nspin(60_000)");
  await new Promise((resolve) => setTimeout(resolve, 400));
  await kernel.ask("interrupt_request", {}, "control");
  const answer = await running;
  assert.equal(answer.content.ename, "KeyboardInterrupt");
  assert.match(graphs(answer)[0].data["text/plain"], /slowSum|spin|cell \d+/);
});

test("a cell with the comment // @memory shows what it has left there, tensors among it", async () => {
  const shown = async (code: string) => (await kernel.run(code)).of("display_data")[0].data;
  const buffers = await shown("// @memory\nconst kept = new Float64Array(4 * 2 ** 20).fill(1);");
  const [, change] = /typed arrays and buffers .*\+([\d.]+) MB/.exec(buffers["text/plain"])!;
  assert.ok(Number(change) >= 32, buffers["text/plain"]);
  assert.ok(!/tensor/.test(buffers["text/plain"]), "TensorFlow.js is not there");
  await kernel.run(
    'import * as tf from "@tensorflow/tfjs-core"; import "@tensorflow/tfjs-backend-cpu"; await tf.ready();',
  );
  const { "text/plain": text, "text/html": html } = await shown(
    "// @memory\nconst leaked = [1, 2, 3].map((x) => tf.scalar(x));",
  );
  assert.match(text, /^tensors +\d +\d +\+3$/m);
  assert.match(html, /<td style="text-align:left">tensors<\/td>/);
});

test("the memory of a cell is told where TensorFlow.js has no backend yet", async () => {
  await kernel.run(
    'import * as bare from "@tensorflow/tfjs-core"; bare.removeBackend("cpu"); bare.removeBackend("cpu");',
  );
  const answer = await kernel.run("// @memory\nlet kept2 = 5; kept2");
  assert.equal(answer.content.status, "ok", answer.content.evalue);
  assert.match(answer.of("display_data")[0].data["text/plain"], /^tensors /m);
});

test("a report that fails says so, and those beside it are shown", () => {
  const report = (take: CellReport["take"]): CellReport => ({ begin: () => {}, end: () => {}, take });
  const failing = report(() => {
    throw new Error("no chart");
  });
  const { take } = joinReports([failing, report(() => ({ "text/plain": "shown" })), report(() => undefined)]);
  assert.deepEqual(
    take(1).map((bundle) => bundle["text/plain"]),
    ["What the cell asked for cannot be shown: Error: no chart", "shown"],
  );
});

test("a cell that does not ask, or speaks of it elsewhere, has no profile", async () => {
  for (const code of ["spin(20)", "spin(20); // @profile", "const text = '// @profile'; spin(20)"])
    assert.equal(graphs(await kernel.run(code)).length, 0, code);
});

test("both are shown where both are asked for", async () => {
  const shown = (await kernel.run("// @profile\n// @memory\nspin(20)")).of("display_data");
  assert.deepEqual(
    shown.map(({ data }) => /^(Where|in memory)/.exec(data["text/plain"])?.[0]),
    ["Where", "in memory"],
  );
});

test("a client can ask how much of the machine the kernel takes, also while a cell keeps it busy", async () => {
  const running = kernel.run("spin(600)");
  await new Promise((resolve) => setTimeout(resolve, 100));
  await kernel.ask("usage_request", {}, "control");
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { content } = await kernel.ask("usage_request", {}, "control");
  assert.equal(content.pid, kernel.process.pid);
  assert.ok(content.kernel_cpu > 10 && content.kernel_cpu < 400, String(content.kernel_cpu));
  assert.ok(content.kernel_memory > 2 ** 25 && content.kernel_memory < content.host_virtual_memory.total);
  await running;
});
