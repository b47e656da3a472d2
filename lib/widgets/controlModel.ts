import type { State } from "./buffers";
import { type Model, type ModelOptions, newModel } from "./model";

const CONTROLS = "@jupyter-widgets/controls";
const BASE = "@jupyter-widgets/base";
const VERSION = "2.0.0"; // of both, with ipywidgets 8

/** What all controls have in common. */
export interface ControlOptions {
  /** What stands beside it; default nothing. */
  label?: string;
}

/** Which of the standard controls it is, and how it is set. */
export interface Control {
  /** As in "IntSlider". */
  name: string;
  /** The model of its style, as "SliderStyleModel"; default that of a description. */
  style?: string;
  state: State;
}

/**
 * The model of a standard control of Jupyter's widgets, with a label that is not cut off.
 *
 * @internal
 */
export function controlModel(
  { name, style = "DescriptionStyleModel", state }: Control,
  options: ModelOptions = {},
): Model {
  const layout = newModel(named("Layout", BASE, {}));
  const wide = style === "ButtonStyleModel" ? {} : { description_width: "initial" };
  const look = newModel({ ...named(style.replace(/Model$/, ""), CONTROLS, wide), ...VIEWLESS });
  const references = { layout: reference(layout), style: reference(look) };
  const whole = { ...named(name, CONTROLS, { description: "", disabled: false, ...state }), ...references };
  return newModel(whole, { ...options, parts: [layout, look] });
}

/** A style is not drawn by itself. */
const VIEWLESS = { _view_module: BASE, _view_name: "StyleView" };

function named(name: string, module: string, state: State): State {
  return {
    ...{ _model_module: module, _model_module_version: VERSION, _model_name: `${name}Model` },
    ...{ _view_module: module, _view_module_version: VERSION, _view_name: VIEWS[name] ?? `${name}View` },
    ...state,
  };
}

/** Views with another name than their model. */
const VIEWS: Record<string, string> = { FloatProgress: "ProgressView" };

function reference({ id }: Model): string {
  return `IPY_MODEL_${id}`;
}
