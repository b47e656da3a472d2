import { type ControlOptions, controlModel } from "./controlModel";
import { newWidget, type Widget } from "./widget";

/** Options of `select`. */
export interface SelectOptions<Value> extends ControlOptions {
  /** The values, or an object with a value for each name that is shown. */
  options: readonly Value[] | Readonly<Record<string, Value>>;
  /** Default the first. */
  value?: Value;
}

/**
 * One of several values, which are shown by their names or as text.
 *
 * @throws RangeError when there are no options, or the value is none of them; also when such a value is set later
 */
export function select<const Value>({ label = "", options, value }: SelectOptions<Value>): Widget<Value> {
  const entries: (readonly [string, Value])[] = isList(options)
    ? options.map((option) => [String(option), option])
    : Object.entries(options);
  if (entries.length === 0) throw new RangeError("select(): there are no options; give at least one");
  const indexOf = (wanted: Value): number => {
    const index = entries.findIndex(([, option]) => Object.is(option, wanted));
    if (index >= 0) return index;
    const names = entries.map(([name]) => name).join(", ");
    throw new RangeError(`select(): the value ${String(wanted)} is none of the options; give one of ${names}`);
  };
  const index = value === undefined ? 0 : indexOf(value);
  const state = { description: label, _options_labels: entries.map(([name]) => name), index };
  return newWidget<Value>(controlModel({ name: "Dropdown", state }), {
    read: ({ index: now }) => entries[now as number]?.[1],
    write: (wanted) => ({ index: indexOf(wanted) }),
  });
}

function isList<Value>(options: SelectOptions<Value>["options"]): options is readonly Value[] {
  return Array.isArray(options);
}
