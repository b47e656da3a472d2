import { controlModel } from "./controlModel";
import { bundleOf, newWidget, type Widget } from "./widget";

/** Options of `button`. */
export interface ButtonOptions {
  label: string;
  /** What is shown when the mouse is over it; default nothing. */
  tooltip?: string;
}

/** A button. Its value counts how often it was pressed: `await button.next()` waits for the next time. */
export function button({ label, tooltip = "" }: ButtonOptions): Widget<number> {
  const model = controlModel({ name: "Button", style: "ButtonStyleModel", state: { description: label, tooltip } });
  let count = 0;
  const counter = newWidget<number>(
    { ...model, set: () => {} },
    { read: () => count, write: (wanted) => ((count = wanted), {}) },
  );
  model.onCustom((content) => {
    if ((content as { event?: unknown } | null)?.event === "click") counter.value += 1;
  });
  return Object.assign(counter, { [Symbol.for("Jupyter.display")]: () => bundleOf(model) });
}
