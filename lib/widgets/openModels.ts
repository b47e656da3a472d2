import { packState, type State } from "./buffers";
import { kernelComms } from "./kernelComms";

/** A model that front ends know. */
export interface OpenModel {
  state: State;
}

const KEY = Symbol.for("atelier.widgets");

/**
 * The models that front ends know, by their ids, also those of an older copy of this file. A front end that comes later, or
 * is opened again, asks for all of them at once (Jupyter's control protocol 1.0).
 *
 * @internal
 */
export function openModels(): Map<string, OpenModel> {
  const known = globalThis as { [KEY]?: Map<string, OpenModel> };
  known[KEY] ??= newModels();
  return known[KEY];
}

function newModels(): Map<string, OpenModel> {
  const models = new Map<string, OpenModel>();
  kernelComms()?.take("jupyter.widget.control", (comm) =>
    comm.onMessage(({ content }) => {
      if ((content.data as { method?: unknown }).method !== "request_states") return;
      const { state, buffer_paths, buffers } = packState(statesOf(models));
      comm.send({ data: { method: "update_states", states: state, buffer_paths }, buffers });
    }),
  );
  return models;
}

function statesOf(models: Map<string, OpenModel>): State {
  const told = Array.from(models, ([id, { state }]) => {
    const { _model_name: model_name, _model_module: model_module, _model_module_version: model_module_version } = state;
    return [id, { model_name, model_module, model_module_version, state }];
  });
  return Object.fromEntries(told);
}
