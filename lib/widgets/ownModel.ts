import type { State } from "./buffers";
import { type Model, newModel } from "./model";

/** The front end of a control: a module of JavaScript that draws it, and its style sheet. */
export interface Front {
  script: string;
  style: string;
}

/** The anywidget that runs front ends; lib/lab/requirements.in has the same. */
const ANYWIDGET = "~0.11.*";

/**
 * The model of a control that Jupyter's own do not have. anywidget (Trevor Manz, 2023) runs its front end in the browser.
 *
 * @internal
 */
export function ownModel(name: string, front: Front, state: State): Model {
  return newModel({
    ...{ _model_module: "anywidget", _model_module_version: ANYWIDGET, _model_name: "AnyModel" },
    ...{ _view_module: "anywidget", _view_module_version: ANYWIDGET, _view_name: "AnyView" },
    ...{ _anywidget_id: `atelier.${name}`, _esm: front.script, _css: front.style },
    ...state,
  });
}
