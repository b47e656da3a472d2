import { display, type DisplayOptions } from "./display";
import { valueBundle } from "./valueBundle";

/**
 * Shows a value anywhere in a cell as the last line of a cell would: a figure, a table, a tensor, pictures, numbers, or
 * whatever has a `Symbol.for("Jupyter.display")` method. Outside a notebook only the text is logged.
 *
 * @returns nothing, so that a cell may end in it; a promise where the value's own method gives one
 */
export function show(value: unknown, options: DisplayOptions = {}): void | Promise<void> {
  const bundle = valueBundle(value);
  if (bundle instanceof Promise) return bundle.then((ready) => display(ready, options));
  display(bundle, options);
}
