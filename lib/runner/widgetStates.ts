import { packState, type Packed, type State, unpackState } from "../widgets/buffers";
import { stillPicture } from "../widgets/stillPicture";
import { isRecord, type MimeBundle, type Notebook } from "./notebook";
import type { Message } from "./wire";

/** The states of the widgets that a run has made. */
export interface WidgetStates {
  /** Hears a public message of a comm. */
  hear(message: Message): void;
  /** Writes the states into the notebook, as nbclient does, and into the still pictures beside its widgets. */
  note(notebook: Notebook): void;
}

const STATES = "application/vnd.jupyter.widget-state+json";
const VIEW = "application/vnd.jupyter.widget-view+json";

/** No widget yet. */
export function newWidgetStates(): WidgetStates {
  const states = new Map<string, State>();
  return {
    hear: ({ header, content, buffers = [] }) => {
      const id = String(content.comm_id);
      const { state, buffer_paths = [] } = (isRecord(content.data) ? content.data : {}) as Partial<Packed>;
      const isNew = header.msg_type === "comm_open" && content.target_name === "jupyter.widget";
      if (isRecord(state) && (isNew || states.has(id)))
        states.set(id, { ...states.get(id), ...unpackState({ state, buffer_paths, buffers }) });
    },
    note: (notebook) => {
      const shown = shownBundles(notebook);
      for (const bundle of shown) refresh(bundle, states.get(viewed(bundle)));
      const known = { ...savedStates(notebook), ...Object.fromEntries(Array.from(states, toSaved)) };
      const kept = withParts(shown.map(viewed), known);
      if (Object.keys(kept).length === 0) return void delete notebook.metadata.widgets;
      notebook.metadata.widgets = { [STATES]: { state: kept, version_major: 2, version_minor: 0 } };
    },
  };
}

/** The outputs that are widgets. */
function shownBundles({ cells }: Notebook): MimeBundle[] {
  const outputs = cells.flatMap((cell) => cell.outputs);
  return outputs.flatMap((output) => ("data" in output && isRecord(output.data[VIEW]) ? [output.data] : []));
}

function viewed(bundle: MimeBundle): string {
  return String((bundle[VIEW] as Record<string, unknown>).model_id);
}

function refresh(bundle: MimeBundle, state: State | undefined): void {
  const still = state && stillPicture(state);
  if (still) Object.assign(bundle, { "text/html": still.html, "text/plain": still.text });
}

function toSaved([id, whole]: [string, State]): [string, Record<string, unknown>] {
  const { state, buffer_paths, buffers } = packState(whole);
  const saved = buffers.map((bytes, index) => ({
    encoding: "base64",
    path: buffer_paths[index],
    data: Buffer.from(bytes).toString("base64"),
  }));
  const { _model_name: model_name, _model_module: model_module, _model_module_version: model_module_version } = state;
  const named = { model_name, model_module, model_module_version, state };
  return [id, saved.length > 0 ? { ...named, buffers: saved } : named];
}

function savedStates({ metadata: { widgets } }: Notebook): Record<string, unknown> {
  const saved = isRecord(widgets) ? widgets[STATES] : undefined;
  return isRecord(saved) && isRecord(saved.state) ? saved.state : {};
}

/** The states of these models, and of those that they name. */
function withParts(ids: string[], known: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const id of ids) {
    if (id in kept || !(id in known)) continue;
    kept[id] = known[id];
    for (const [, part] of JSON.stringify(known[id]).matchAll(/"IPY_MODEL_([\w-]+)"/g)) ids.push(part);
  }
  return kept;
}
