import { type ControlOptions, controlModel } from "./controlModel";
import { newWidget, type Widget } from "./widget";

/** Options of `progress`. */
export interface ProgressOptions extends ControlOptions {
  /** Where all is done; default 1. */
  max?: number;
  /** How far it is; default 0. */
  value?: number;
}

/**
 * A bar that code moves by setting its value. `lib/notebook/progress` has one that also tells the time left, and needs no
 * widgets.
 *
 * @throws RangeError when the value is not between 0 and `max`; also when such a value is set
 */
export function progress({ label = "", max = 1, value = 0 }: ProgressOptions = {}): Widget<number> {
  const checked = (wanted: number) => {
    if (wanted >= 0 && wanted <= max) return { value: wanted };
    throw new RangeError(`progress(): value is ${wanted}; give a number from 0 to ${max}`);
  };
  const state = { description: label, min: 0, max, ...checked(value) };
  return newWidget<number>(controlModel({ name: "FloatProgress", style: "ProgressStyleModel", state }), {
    read: ({ value: now }) => (typeof now === "number" ? now : undefined),
    write: checked,
  });
}
