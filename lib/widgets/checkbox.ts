import { type ControlOptions, controlModel } from "./controlModel";
import { newWidget, type Widget } from "./widget";

/** Options of `checkbox`. */
export interface CheckboxOptions extends ControlOptions {
  /** Default false. */
  value?: boolean;
}

/** Yes or no. */
export function checkbox({ label = "", value = false }: CheckboxOptions = {}): Widget<boolean> {
  const state = { description: label, value, indent: false };
  return newWidget<boolean>(controlModel({ name: "Checkbox", style: "CheckboxStyleModel", state }), {
    read: ({ value: now }) => (typeof now === "boolean" ? now : undefined),
    write: (wanted) => ({ value: wanted }),
  });
}
