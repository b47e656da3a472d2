import assert from "node:assert/strict";
import { test } from "node:test";
import { gatherOutputs, newRunOutputs } from "../../lib/runner/cellOutputs";
import { RECORD_TYPE } from "../../lib/runner/metrics";
import { newRequest } from "../../lib/runner/wire";
import { code } from "./samples";

type Heard = [type: string, content: Record<string, unknown>];

/** The outputs of a cell after these messages. */
function gathered(messages: Heard[], { cell = code(""), run = newRunOutputs("/home/me") } = {}) {
  const outputs = gatherOutputs(cell, run);
  for (const [type, content] of messages) outputs.onMessage(newRequest("kernel", type, content));
  return { cell, run, outputs };
}

const print = (name: string, text: string): Heard => ["stream", { name, text }];
const plain = (text: string, id?: string): Heard => [
  "display_data",
  { data: { "text/plain": text }, metadata: {}, transient: id ? { display_id: id } : {} },
];
const update = (text: string, id: string): Heard => ["update_display_data", plain(text, id)[1]];

test("gatherOutputs() makes one output of a stream until a display comes between", () => {
  const { cell } = gathered([
    print("stdout", "a"),
    print("stderr", "warn"),
    print("stdout", "b\n"),
    plain("figure"),
    print("stdout", "c"),
  ]);
  const [out, err, display, later] = cell.outputs;
  assert.deepEqual(out, { output_type: "stream", name: "stdout", text: "ab\n" });
  assert.deepEqual(err, { output_type: "stream", name: "stderr", text: "warn" });
  assert.deepEqual(display, { output_type: "display_data", data: { "text/plain": "figure" }, metadata: {} });
  assert.deepEqual(later, { output_type: "stream", name: "stdout", text: "c" });
});

test("gatherOutputs() updates a display of an earlier cell in its place", () => {
  const first = gathered([plain("loss 1", "curve"), plain("other")]);
  const second = gathered([update("loss 0.5", "curve"), update("unknown", "elsewhere")], { run: first.run });
  assert.deepEqual(first.cell.outputs[0], {
    output_type: "display_data",
    data: { "text/plain": "loss 0.5" },
    metadata: {},
  });
  assert.equal(first.cell.outputs.length, 2);
  assert.equal(second.cell.outputs.length, 0);
});

test("gatherOutputs() clears at once, or when the next output comes", () => {
  assert.equal(gathered([plain("a"), ["clear_output", { wait: false }]]).cell.outputs.length, 0);
  const waiting: Heard[] = [plain("a"), print("stdout", "b"), ["clear_output", { wait: true }]];
  assert.equal(gathered(waiting).cell.outputs.length, 2);
  const { cell } = gathered([...waiting, print("stdout", "c")]);
  assert.deepEqual(cell.outputs, [{ output_type: "stream", name: "stdout", text: "c" }]);
});

test("gatherOutputs() collects records, the last of a name, and passes over malformed ones", () => {
  const record = (value: unknown): Heard => ["display_data", { data: { [RECORD_TYPE]: value } }];
  const { run, cell } = gathered([
    record({ name: "accuracy", value: 0.5 }),
    record({ name: "accuracy", value: 0.75 }),
    record({ name: "winner", value: "relu" }),
    record({ name: "ok", value: true }),
    record({ name: "list", value: [1] }),
    record("text"),
    record([{ name: "loss", value: [2, 1] }, { name: "none", value: [] }, { name: "words", value: ["a"] }, { name: "k", value: 3 }]), // prettier-ignore
  ]);
  assert.deepEqual(run.metrics, { accuracy: 0.75, winner: "relu", ok: true, k: 3 });
  assert.deepEqual(run.curves, { list: [1], loss: [2, 1] });
  assert.equal(cell.outputs.length, 7);
});

test("gatherOutputs() takes results and errors of kernels that send them", () => {
  const { cell, outputs } = gathered([
    ["execute_result", { data: { "text/plain": "2" }, metadata: {}, execution_count: 7 }],
    ["error", { ename: "Error", evalue: "no", traceback: ["Error: no"] }],
  ]);
  outputs.fail();
  assert.deepEqual(cell.outputs, [
    { output_type: "execute_result", data: { "text/plain": "2" }, metadata: {}, execution_count: null },
    { output_type: "error", ename: "Error", evalue: "no", traceback: ["Error: no"] },
  ]);
});

test("fail() takes the printed error out of stderr, shortens its paths, and leaves what was printed before", () => {
  const stack = "    at f (/home/me/lib/x.ts:1:2)\n    at g (/opt/node_modules/arquero/a.js:1:1)\n";
  const { cell, outputs } = gathered([print("stderr", "careful\n"), print("stderr", `RangeError: no\n${stack}`)]);
  outputs.fail();
  assert.deepEqual(cell.outputs[0], { output_type: "stream", name: "stderr", text: "careful\n" });
  assert.deepEqual(cell.outputs[1], {
    output_type: "error",
    ename: "RangeError",
    evalue: "no",
    traceback: ["RangeError: no", "    at f (./lib/x.ts:1:2)", "    at g (node_modules/arquero/a.js:1:1)"],
  });
});

test("fail() shows another error in place of the one an interrupt prints, and keeps what the cell said", () => {
  const interrupt = "Error: Interrupted asynchronously\n    at interrupt (x.js:1:1)\n";
  const { cell, outputs } = gathered([print("stderr", "careful\n"), print("stderr", interrupt)]);
  outputs.fail(new RangeError("too slow"));
  const shown = { output_type: "error", ename: "RangeError", evalue: "too slow", traceback: ["too slow"] };
  assert.deepEqual(cell.outputs, [{ output_type: "stream", name: "stderr", text: "careful\n" }, shown]);
});

test("lastText() follows prints, displays and updates", () => {
  const { outputs } = gathered([print("stdout", "one\n"), plain("bar 10 %", "bar")]);
  assert.equal(outputs.lastText(), "bar 10 %");
  outputs.onMessage(newRequest("kernel", ...update("bar 20 %", "bar")));
  assert.equal(outputs.lastText(), "bar 20 %");
});
