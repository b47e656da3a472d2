import { runInThisContext } from "vm";
import { newCellRequire } from "./cellRequire";
import type { FallbackFiles } from "./fallbackFiles";
import { newPlaceFinder, type Way } from "./compiler/placeFinder";
import { type ErrorReport, reportError } from "./reportError";
import type { Script } from "./stackPlaces";
import type { Converted } from "./tslab";

/** What the cells share: their variables, the modules they have loaded, and where their code comes from. */
export interface ExecutionContext {
  /** Runs a cell that tslab has converted; its files must have been taken. Gives a promise where the cell awaits. */
  run(cell: Converted, name: string, source?: string): unknown;
  /** Takes the files that a cell imports, of those that are new or have changed. */
  takeFiles(cell: Converted): void;
  /** Takes the value of the cell's last expression out of the context. */
  takeValue(cell: Converted): unknown;
  /** Whether a variable has a value. */
  has(variable: string): boolean;
  /** An error in the words of whoever wrote the cells. */
  report(error: unknown): ErrorReport;
}

/** What a context is made of. */
export interface ExecutionContextParts {
  /** Where modules are looked for. */
  folder: string;
  fallback: FallbackFiles;
  /** What `import * as tslab from "tslab"` gives. */
  tslab: unknown;
  /** The ways from compiled code to its source, as the compiler leaves them; they are taken from there. */
  ways: Map<string, Way>;
  /** Gets all code that errors may speak of. */
  scripts: Map<string, Script>;
  /** Values that are there from the start. */
  values: Record<string, unknown>;
  /** Called with each package that a cell or a file of the user requires. */
  onRequired(name: string, library: unknown): void;
}

const PREFIX_LINES = 1; // tslab compiles each cell below a line of its own

/** A context without any cell yet. */
export function newExecutionContext(parts: ExecutionContextParts): ExecutionContext {
  const { folder, fallback, tslab, ways, scripts, values, onRequired } = parts;
  const variables: Record<string, unknown> = { ...values };
  const exports = assignable(variables);
  const sources = new Map<string, string>();
  const { require, update } = newCellRequire(folder, { tslab, fallback, onRequired });

  const placesIn = (code: string): Script["place"] => {
    const way = ways.get(code);
    return way ? newPlaceFinder(way) : () => undefined;
  };

  const takeFiles = ({ sideOutputs = [] }: Converted) => {
    for (const { path, data } of sideOutputs) {
      scripts.set(fallback.placeOf(path), { shown: path.replace(/\.js$/, ".ts"), place: placesIn(data) });
      update(path, data);
    }
  };

  const run = ({ output = "", hasToplevelAwait }: Converted, name: string, source?: string) => {
    const find = placesIn(output);
    ways.clear();
    const place: Script["place"] = (compiled) => {
      const found = find(compiled);
      return found && found.line > PREFIX_LINES ? { ...found, line: found.line - PREFIX_LINES } : undefined;
    };
    scripts.set(name, { shown: name, place });
    if (source !== undefined) sources.set(name, source);
    const prefix = `(${hasToplevelAwait ? "async " : ""}function(exports, require) { `;
    const cell = runInThisContext(`${prefix}${output}\n})`, { filename: name, columnOffset: -prefix.length });
    return cell(exports, require);
  };

  const takeValue = ({ lastExpressionVar: name }: Converted) => {
    if (name === undefined) return undefined;
    const value = variables[name];
    delete variables[name];
    return value;
  };

  const has = (variable: string) => variables[variable] !== undefined;

  return { run, takeFiles, takeValue, has, report: (error) => reportError(error, { folder, sources }) };
}

/** TypeScript defines what it imports as properties for good; a later cell may declare the name anew. */
function assignable(variables: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(variables, {
    defineProperty: (target, name, attributes) => {
      if (name !== "__esModule") target[String(name)] = attributes.get ? attributes.get() : attributes.value;
      return true;
    },
  });
}
