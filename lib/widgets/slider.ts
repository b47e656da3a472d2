import { type ControlOptions, controlModel } from "./controlModel";
import { newWidget, type Widget } from "./widget";

/** Options of `slider`. */
export interface SliderOptions extends ControlOptions {
  min: number;
  max: number;
  /** Default 1 between whole numbers, else a hundredth of the way; with `scale: "log"` in powers of ten, default 0.1. */
  step?: number;
  /** Default `min`. */
  value?: number;
  /** `log`: each step multiplies, as is usual for a learning rate. Default `linear`. */
  scale?: "linear" | "log";
  /** Whether the value follows the mouse, or is told once it is let go. Default true. */
  continuous?: boolean;
}

/**
 * A number between two others.
 *
 * @throws RangeError when `min` is not below `max`, the value is not between them, the step is not above 0, or a scale of
 * powers begins at 0 or below; also when such a value is set later
 */
export function slider(options: SliderOptions): Widget<number> {
  const { label = "", min, max, value = min, scale = "linear", continuous = true } = options;
  check({ ...options, value, scale });
  const common = { description: label, value, continuous_update: continuous };
  const { name, state } = scale === "log" ? logarithmic(options) : linear({ ...options, value });
  return newWidget<number>(controlModel({ name, style: "SliderStyleModel", state: { ...common, ...state } }), {
    read: ({ value: now }) => (typeof now === "number" && Number.isFinite(now) ? within(now, min, max) : undefined),
    write: (wanted) => (checkValue(wanted, min, max), { value: wanted }),
  });
}

/** A front end counts in powers of ten, and may pass an end by the last digit. */
function within(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

function linear({ min, max, value = min, step: asked }: SliderOptions) {
  const whole = [min, max, value].every(Number.isInteger) && max - min > 1;
  const step = asked ?? (whole ? 1 : (max - min) / 100);
  if (whole && Number.isInteger(step)) return { name: "IntSlider", state: { min, max, step, readout_format: "d" } };
  return { name: "FloatSlider", state: { min, max, step, readout_format: `.${digitsOf(step)}f` } };
}

function logarithmic({ min, max, step = 0.1 }: SliderOptions) {
  const ends = { min: Math.log10(min), max: Math.log10(max) };
  return { name: "FloatLogSlider", state: { ...ends, base: 10, step, readout_format: ".3~g" } };
}

/** Digits after the point that tell two steps apart. */
function digitsOf(step: number): number {
  return Math.min(8, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
}

function check({ min, max, step = 1, value, scale }: SliderOptions & { value: number }): void {
  if (!(min < max)) throw new RangeError(`slider(): min is ${min} and max ${max}; min is to be below max`);
  if (!(step > 0)) throw new RangeError(`slider(): step is ${step}; give a number above 0`);
  if (scale === "log" && !(min > 0))
    throw new RangeError(`slider(): min is ${min}, but a scale of powers begins above 0; give a larger min`);
  checkValue(value, min, max);
}

function checkValue(value: number, min: number, max: number): void {
  if (!(value >= min && value <= max))
    throw new RangeError(`slider(): value is ${value}; give a number from ${min} to ${max}`);
}
