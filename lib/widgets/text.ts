import { type ControlOptions, controlModel } from "./controlModel";
import { newWidget, type Widget } from "./widget";

/** Options of `text`. */
export interface TextOptions extends ControlOptions {
  /** Default empty. */
  value?: string;
  /** What stands there in grey while it is empty. */
  placeholder?: string;
  /** Lines that are seen at a time; default 1, where Enter begins no new line. */
  lines?: number;
  /** Whether each key is told, or the text once the field is left. Default true. */
  continuous?: boolean;
}

/** A text that is typed. */
export function text(options: TextOptions = {}): Widget<string> {
  const { label = "", value = "", placeholder = "", lines = 1, continuous = true } = options;
  const common = { description: label, value, placeholder, continuous_update: continuous };
  const control = lines > 1 ? { name: "Textarea", state: { ...common, rows: lines } } : { name: "Text", state: common };
  return newWidget<string>(controlModel({ ...control, style: "TextStyleModel" }), {
    read: ({ value: now }) => (typeof now === "string" ? now : undefined),
    write: (wanted) => ({ value: wanted }),
  });
}
