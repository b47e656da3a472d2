import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Dealer } from "zeromq";
import { projectRoot } from "../../lib/files";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { runNotebook } from "../../lib/runner/runNotebook";
import { encodeMessage, type Message, newRequest } from "../../lib/runner/wire";
import { type LiveKernel, startLiveKernel, until } from "../kernel/liveKernel";
import { code, notebookOf } from "../runner/samples";

const folder = mkdtempSync(join(tmpdir(), "atelier-widgets-"));
symlinkSync(join(projectRoot, "lib"), join(folder, "lib"), "junction");
let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel(folder);
});
after(async () => {
  await kernel.end();
  rmSync(folder, { recursive: true });
});

const tell = async (comm_id: string, data: object) => {
  const published: Message[] = [];
  const content = { comm_id, data };
  await kernel.client.request("shell", "comm_msg", content, (message) => published.push(message)).idle;
  return published;
};
const move = (id: string, state: object) => tell(id, { method: "update", state, buffer_paths: [] });
const shownIds = (shown: object[]) =>
  (shown as { data: Record<string, { model_id: string }> }[])
    .map(({ data }) => data["application/vnd.jupyter.widget-view+json"]?.model_id)
    .filter(Boolean);

test("a cell awaits the next move of a control, and interact() answers every move in the cell that showed it", async () => {
  const shown = await kernel.run(`import { slider } from "./lib/widgets/slider";
import { interact } from "./lib/widgets/interact";
const weeks = slider({ label: "Weeks", min: 1, max: 26 });
interact((values) => {
  if (values.weeks === 13) throw new RangeError("no thirteen");
  return values.weeks * 2;
}, { weeks });`);
  const [id] = shownIds(shown.of("display_data"));
  const waiting = kernel.run("(await weeks.next()) + 0.5");
  const [busy, echo] = await move(id, { value: 4 });
  assert.deepEqual([busy.content.execution_state, echo.header.msg_type], ["busy", "comm_msg"]);
  assert.deepEqual(echo.content.data, { method: "echo_update", state: { value: 4 }, buffer_paths: [] });
  assert.equal((await waiting).of("execute_result")[0].data["text/plain"], "4.5");
  const updates = () => shown.of("update_display_data").map(({ data }) => data["text/plain"]);
  await until(() => updates().length === 1);
  await move(id, { value: 13 });
  await until(() => updates().length === 2);
  assert.equal(updates()[0], "8");
  assert.match(updates()[1], /^RangeError: no thirteen\n.*\n[^]*5 \|?\s+if \(values\.weeks === 13\) throw/);
  await move(id, { value: 2 });
  await until(() => updates().at(-1) === "4");
});

test("1,000 moves of a slider are answered with the last of them, and a page that is opened later finds all widgets", async () => {
  const shown = await kernel.run(`let calls = 0;
const rate = slider({ min: 0, max: 1000 });
interact((values) => { calls++; const end = Date.now() + 5; while (Date.now() < end); return values.rate; }, { rate });`);
  const [id] = shownIds(shown.of("display_data"));
  const told = Array.from({ length: 1000 }, (_, index) => move(id, { value: index + 1 }));
  const { of } = await kernel.run("rate.value");
  assert.equal(of("execute_result")[0].data["text/plain"], "1000");
  await Promise.all(told);
  await until(() => shown.of("update_display_data").at(-1)?.data["text/plain"] === "1000");
  const calls = Number((await kernel.run("calls")).of("execute_result")[0].data["text/plain"]);
  assert.ok(calls < 500, `${calls} calls for 1,000 moves`);
  const content = { comm_id: "control", target_name: "jupyter.widget.control", data: {} };
  await kernel.client.request("shell", "comm_open", content).idle;
  const [, states] = await tell("control", { method: "request_states" });
  const models = (states.content.data as { states: Record<string, { state: { value: unknown } }> }).states;
  assert.equal(models[id].state.value, 1000);
});

test("a drawing comes as bytes", async () => {
  const { of } = await kernel.run(
    'import { draw } from "./lib/widgets/draw"; const pad = draw({ width: 2, height: 2 }); pad',
  );
  const [id] = shownIds(of("execute_result"));
  const { transport, ip, shell_port, key } = kernel.connection;
  const socket = new Dealer();
  socket.connect(`${transport}://${ip}:${shell_port}`);
  await kernel.run("const drawn = pad.next();"); // it waits before the other socket's message can come
  const data = { method: "update", state: {}, buffer_paths: [["value"]] };
  const message = newRequest("painter", "comm_msg", { comm_id: id, data });
  await socket.send(encodeMessage({ ...message, buffers: [Uint8Array.of(1, 2, 3, 255)] }, key));
  const { of: later } = await kernel.run("[...(await drawn)].join()");
  assert.equal(later("execute_result")[0].data["text/plain"], "1,2,3,255");
  socket.close();
});

const CELLS = [
  `import { slider } from "./lib/widgets/slider"; import { draw } from "./lib/widgets/draw"; import { show } from "./lib/notebook/show";
const epochs = slider({ label: "Epochs", min: 1, max: 50, value: 3 }); epochs`,
  "const pad = draw({ label: 'Shirt', width: 2, height: 2 }); pad",
  "epochs.value = 20; pad.value = Uint8Array.of(0, 9, 9, 0); epochs.value",
];
const STATES = "application/vnd.jupyter.widget-state+json";
interface Saved {
  version_major: number;
  state: Record<string, { model_name: string; model_module: string; state: { value: unknown }; buffers: unknown }>;
}

test("the runner saves the states in the notebook and shows the last ones in its page, which needs no kernel", async () => {
  const [file, html] = ["run.ipynb", "run.html"].map((name) => join(folder, name));
  saveNotebook(file, notebookOf(...CELLS.map((one) => code(one))));
  assert.equal((await runNotebook(file, { output: file, html })).status, "ok");
  const { metadata, cells } = loadNotebook(file);
  const { version_major, state } = (metadata.widgets as Record<string, Saved>)[STATES];
  const [first, second] = cells.flatMap(({ outputs }) => shownIds(outputs));
  assert.deepEqual([version_major, Object.keys(state).length], [2, 4]);
  assert.deepEqual(
    [state[first].model_name, state[first].model_module, state[first].state.value],
    ["IntSliderModel", "@jupyter-widgets/controls", 20],
  );
  assert.deepEqual(state[second].buffers, [{ encoding: "base64", path: ["value"], data: "AAkJAA==" }]);
  const page = readFileSync(html, "utf8");
  assert.match(page, /<span>Epochs<\/span> <input type="range" disabled[^>]* value="20"> <output>20<\/output>/);
  assert.match(page, /<img alt="a drawing of 2 x 2 pixels"/);
});
