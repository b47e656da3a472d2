import { lineText, richBundle } from "./richBundle";

const DISPLAY = Symbol.for("Jupyter.display");
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** The classes of the libraries we know whose values have more to show than text. */
const CLASSES = ["ColumnTable", "Tensor", "LayersModel"];
/** Those whose text is shown in a line. */
const IN_LINE = [...CLASSES, "SymbolicTensor", "Layer"];

/**
 * Gives values of libraries the method `Symbol.for("Jupyter.display")`, by which notebooks ask a value how it shows
 * itself: arquero's tables and TensorFlow.js' tensors and models, where these libraries are given, and typed arrays. Printed,
 * and within other values, the libraries' values take a line. This package's kernel does so by itself; in another one, such as
 * Deno's, call `giveDisplay(arquero, tf)` once.
 */
export function giveDisplay(...libraries: object[]): void {
  const typedArrays = Object.getPrototypeOf(Uint8Array.prototype) as object;
  for (const prototype of [typedArrays, ...prototypesOf(libraries, CLASSES)]) addMethod(prototype, DISPLAY, show);
  for (const prototype of prototypesOf(libraries, IN_LINE)) addMethod(prototype, INSPECT, inLine);
}

function prototypesOf(libraries: object[], names: string[]): object[] {
  const spaces = libraries.flatMap((library) => [library, (library as { layers?: object }).layers ?? {}]);
  const classes = spaces.flatMap((space) => names.map((name) => (space as Record<string, unknown>)[name]));
  return classes.flatMap((found) => (typeof found === "function" ? [found.prototype as object] : []));
}

/** Loops and comparisons do not see it. */
function addMethod(prototype: object, name: symbol, value: (this: object) => unknown): void {
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}

function show(this: object) {
  return richBundle(this);
}

function inLine(this: object) {
  return lineText(this) ?? this;
}
