import assert from "node:assert/strict";
import { test } from "node:test";
import type { Notebook } from "../../lib/runner/notebook";
import { newWidgetStates } from "../../lib/runner/widgetStates";
import type { Message } from "../../lib/runner/wire";
import { code, notebookOf } from "./samples";

const STATES = "application/vnd.jupyter.widget-state+json";
const VIEW = "application/vnd.jupyter.widget-view+json";

const message = (msg_type: string, content: object) => ({ header: { msg_type }, content }) as unknown as Message;
const opened = (comm_id: string, state: object, target_name = "jupyter.widget") =>
  message("comm_open", { comm_id, target_name, data: { state, buffer_paths: [] } });
const named = (name: string, more: object = {}) => ({
  _model_name: name,
  _model_module: "@jupyter-widgets/controls",
  _model_module_version: "2.0.0",
  ...more,
});

function shows(...ids: string[]): Notebook {
  const outputs = ids.map((model_id) => ({
    output_type: "display_data" as const,
    data: { [VIEW]: { model_id, version_major: 2, version_minor: 1 }, "text/html": "first", "text/plain": "first" },
    metadata: {},
  }));
  return notebookOf({ ...code("x"), outputs });
}

const saved = ({ metadata }: Notebook) =>
  (metadata.widgets as Record<string, { state: Record<string, { state: { value?: unknown } }> }> | undefined)?.[STATES]
    .state;

test("states are saved of the widgets that are shown, and of the models that they name", () => {
  const states = newWidgetStates();
  states.hear(opened("style", named("SliderStyleModel")));
  states.hear(opened("a", named("IntSliderModel", { min: 0, max: 9, step: 1, value: 1, style: "IPY_MODEL_style" })));
  states.hear(opened("unseen", named("TextModel")));
  states.hear(opened("foreign", named("TextModel"), "another.target"));
  states.hear(message("comm_msg", { comm_id: "a", data: { method: "update", state: { value: 7 }, buffer_paths: [] } }));
  states.hear(message("comm_msg", { comm_id: "a", data: { method: "custom", content: 1 } }));
  states.hear(message("comm_msg", { comm_id: "nobody", data: { method: "update", state: { value: 7 } } }));
  const notebook = shows("a", "foreign");
  states.note(notebook);
  assert.deepEqual(Object.keys(saved(notebook) ?? {}), ["a", "style"]);
  assert.equal(saved(notebook)?.a.state.value, 7);
  const [first, second] = notebook.cells[0].outputs as { data: Record<string, string> }[];
  assert.equal(first.data["text/plain"], "7");
  assert.match(first.data["text/html"], /type="range" disabled/);
  assert.equal(second.data["text/plain"], "first");
});

test("states of outputs that stay are kept, those of outputs that are gone are dropped", () => {
  const notebook = shows("old");
  const entry = { model_name: "TextModel", state: { value: "kept" } };
  notebook.metadata.widgets = { [STATES]: { state: { old: entry, gone: entry }, version_major: 2, version_minor: 0 } };
  newWidgetStates().note(notebook);
  assert.deepEqual(saved(notebook), { old: entry });
  notebook.cells[0].outputs = [];
  newWidgetStates().note(notebook);
  assert.equal("widgets" in notebook.metadata, false);
});

test("a widget that this library does not know keeps its still picture", () => {
  const states = newWidgetStates();
  states.hear(opened("other", named("OtherModel", { value: 3 })));
  const notebook = shows("other");
  states.note(notebook);
  assert.equal((notebook.cells[0].outputs[0] as { data: Record<string, string> }).data["text/html"], "first");
  assert.equal(saved(notebook)?.other.state.value, 3);
});
