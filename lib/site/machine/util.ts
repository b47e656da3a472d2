import * as inspecting from "node-inspect-extracted";
import * as base from "@jspm/core/nodelibs/util";

const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);

/** Node's `util`: what describes values is Node's own code. */
const types = {
  ...base.types,
  isNativeError: (value: unknown) => value instanceof Error || tagOf(value) === "Error",
  isModuleNamespaceObject: (value: unknown) => tagOf(value) === "Module",
  isPromise: (value: unknown) => tagOf(value) === "Promise",
  isProxy: () => false,
};

const { inspect, format, formatWithOptions, stripVTControlCharacters } = inspecting as unknown as typeof import("util");

export = { ...base, inspect, format, formatWithOptions, stripVTControlCharacters, types, TextDecoder, TextEncoder };
