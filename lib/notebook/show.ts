import { figureBundle } from "../chart/figureBundle";
import { display, type DisplayOptions, kernelBundle } from "./display";
import { isFigure } from "./isFigure";
import { ownBundle, textBundle } from "./ownBundle";

/**
 * Shows a value anywhere in a cell as the last line of a cell would: a figure, a table, a tensor, pictures, numbers, or
 * whatever has a `Symbol.for("Jupyter.display")` method. In another kernel than this package's, tables, tensors and
 * numbers need `giveDisplay` first. Outside a notebook only the text is logged.
 *
 * @returns nothing, so that a cell may end in it; a promise where the value's own method gives one
 */
export function show(value: unknown, options: DisplayOptions = {}): void | Promise<void> {
  const known = ownBundle(value) ?? kernelBundle(value);
  const bundle = known ?? (isFigure(value) ? { ...figureBundle(value) } : textBundle(value));
  if (bundle instanceof Promise) return bundle.then((ready) => display(ready, options));
  display(bundle, options);
}
