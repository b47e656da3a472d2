import { richBundle } from "./richBundle";

/** The classes of the libraries we know whose values have more to show than text. */
const CLASSES = ["ColumnTable", "Tensor"];

/**
 * Gives values of libraries the method `Symbol.for("Jupyter.display")`, by which notebooks ask a value how it shows
 * itself: arquero's tables and TensorFlow.js' tensors, where these libraries are given, and typed arrays. This package's
 * kernel does so by itself; in another one, such as Deno's, call `giveDisplay(arquero, tf)` once.
 */
export function giveDisplay(...libraries: object[]): void {
  const classes = libraries.flatMap((library) => CLASSES.map((name) => (library as Record<string, unknown>)[name]));
  const prototypes = classes.flatMap((found) => (typeof found === "function" ? [found.prototype as object] : []));
  for (const prototype of [Object.getPrototypeOf(Uint8Array.prototype) as object, ...prototypes])
    Object.defineProperty(prototype, Symbol.for("Jupyter.display"), {
      value: show,
      configurable: true,
      writable: true,
    });
}

function show(this: unknown) {
  return richBundle(this);
}
