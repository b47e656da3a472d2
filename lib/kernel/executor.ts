import { runInThisContext } from "vm";
import type { Breakable } from "./breakable";
import { newCellRequire } from "./cellRequire";
import { keepReached } from "./keepReached";
import { type ErrorReport, reportError } from "./reportError";
import { reportDiagnostics } from "./reportDiagnostics";
import { newPlaceFinder, type Way } from "./sourceMaps";
import type { Script } from "./stackPlaces";
import type { Converted, Converter, Tslab } from "./tslab";

/** How a cell went. */
export type Outcome = { status: "ok"; value?: unknown } | { status: "error"; error: ErrorReport };

/** Compiles and runs cells, one after the other, in one world. */
export interface Executor {
  /** Does not throw. `name` is how errors speak of the cell. */
  execute(source: string, name: string): Promise<Outcome>;
  /** Takes up no more of the cell that runs than it has come to; whatever it still does, the world goes on without it. */
  abandon(): void;
  /** The value of an expression, with no trace left in the world. Does not throw. */
  evaluate(expression: string): Promise<Outcome>;
  /** The declarations that cells have made so far. */
  declarations(): string;
  /** What an error that no cell has caught looks like to the user. */
  report(error: unknown): ErrorReport;
}

/** What an executor works with. */
export interface ExecutorParts {
  tslab: Tslab;
  converter: Converter;
  /** The ways from compiled code to its source, as the compiler leaves them. */
  ways: Map<string, Way>;
  /** All code that errors may speak of. */
  scripts: Map<string, Script>;
  folder: string;
  breakable: Breakable;
  /** Values the cells find beside their own, and how TypeScript declares them. */
  globals: { values: Record<string, unknown>; declarations: string };
  /** Told of each package that a cell or a file of the user requires. */
  hearRequired(name: string, library: unknown): void;
}

const PREFIX_LINES = 1; // tslab compiles each cell below a line of its own

/** A world without any cell yet. */
export function newExecutor(parts: ExecutorParts): Executor {
  const { tslab, converter, ways, scripts, folder, breakable, globals, hearRequired } = parts;
  const exports: Record<string, unknown> = { ...globals.values };
  const sources = new Map<string, string>();
  const cellRequire = newCellRequire(folder, { tslab: tslab.library, hearRequired });
  const world = { exports: assignable(exports), require: cellRequire.require };
  let declarations = globals.declarations;
  /** What the cell that runs will have declared when it ends. */
  let expected: { declarations: string } | undefined;

  const takeWay = (code: string) => {
    const way = ways.get(code);
    ways.delete(code);
    return way && newPlaceFinder(way);
  };

  const takeFiles = ({ sideOutputs = [] }: Converted) => {
    for (const { path, data } of sideOutputs) {
      const place = takeWay(data);
      const shown = path.replace(/\.js$/, ".ts");
      const script: Script = { shown, place: (compiled) => place?.(compiled) };
      scripts.set(path, script);
      cellRequire.update(path, data);
    }
  };

  const run = ({ output = "", hasToplevelAwait }: Converted, name: string): unknown => {
    const find = takeWay(output);
    const place: Script["place"] = (compiled) => {
      const found = find?.(compiled);
      return found && found.line > PREFIX_LINES ? { ...found, line: found.line - PREFIX_LINES } : undefined;
    };
    scripts.set(name, { shown: name, place });
    const prefix = `(${hasToplevelAwait ? "async " : ""}function(exports, require) { `;
    const script = runInThisContext(`${prefix}${output}\n})`, { filename: name, columnOffset: -prefix.length });
    return script(world.exports, world.require);
  };

  const takeValue = (name?: string): unknown => {
    if (name === undefined) return undefined;
    const value = exports[name];
    delete exports[name];
    return value;
  };

  const report = (error: unknown) => reportError(error, { folder, sources });

  const failed = (error: unknown): Outcome => ({ status: "error", error: report(error) });

  const keepWhatIs = ({ declarations: wanted }: { declarations: string }) => {
    declarations = keepReached(tslab.ts, wanted, (variable) => exports[variable] !== undefined);
    expected = undefined;
  };

  const execute = async (source: string, name: string): Promise<Outcome> => {
    let converted: Converted;
    expected = undefined;
    try {
      const meta = tslab.getCodeMetadata(source);
      if (meta.module) return moduleOutcome(converter.addModule(meta.module, source, meta), source);
      if (meta.mode === "browser") return { status: "ok" };
      converted = converter.convert(declarations, source);
      takeFiles(converted);
    } catch (error) {
      return failed(error);
    }
    if (converted.diagnostics.length > 0)
      return { status: "error", error: reportDiagnostics(converted.diagnostics, source) };
    sources.set(name, source);
    const { declOutput = "", output, lastExpressionVar } = converted;
    const own = { declarations: declOutput };
    expected = own;
    try {
      if (output) await breakable.allow(() => run(converted, name));
      if (expected === own) declarations = declOutput;
      expected = undefined;
      return { status: "ok", value: takeValue(lastExpressionVar) };
    } catch (error) {
      if (expected === own) keepWhatIs(own);
      return failed(error);
    }
  };

  const evaluate = async (expression: string): Promise<Outcome> => {
    const source = `(${expression}\n)`;
    try {
      const converted = converter.convert(declarations, source);
      takeFiles(converted);
      if (converted.diagnostics.length > 0)
        return { status: "error", error: reportDiagnostics(converted.diagnostics, source) };
      await breakable.allow(() => run(converted, "expression"));
      return { status: "ok", value: takeValue(converted.lastExpressionVar) };
    } catch (error) {
      return failed(error);
    }
  };

  const abandon = () => void (expected && keepWhatIs(expected));

  return { execute, abandon, evaluate, report, declarations: () => declarations };
}

/** A module stands also with errors in it, which the cells that import it will meet. */
function moduleOutcome(diagnostics: Converted["diagnostics"], source: string): Outcome {
  if (diagnostics.length === 0) return { status: "ok" };
  return { status: "error", error: reportDiagnostics(diagnostics, source) };
}

/** TypeScript defines what it imports as properties for good; a later cell may declare the name anew. */
function assignable(exports: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(exports, {
    defineProperty: (target, name, attributes) => {
      if (name !== "__esModule") target[String(name)] = attributes.get ? attributes.get() : attributes.value;
      return true;
    },
  });
}
