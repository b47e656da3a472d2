import { basename, join } from "path";
import { pathToFileURL } from "url";
import { runInThisContext } from "vm";
import { type CellRun, newCellAwaits } from "./cellAwaits";
import { newCellRequire } from "./cellRequire";
import type { Converted } from "./compiler/converter";
import type { SideOutput } from "./compiler/importedFiles";
import { newPlaceFinder, type Way } from "./compiler/placeFinder";
import type { FallbackFiles } from "./fallbackFiles";
import { newImportHelpers } from "./importHelpers";
import { type ErrorReport, reportError } from "./reportError";
import type { Script } from "./stackPlaces";
import type { Variables } from "./variables";

/** What the cells share: their variables, the modules they have loaded, and where their code comes from. */
export interface ExecutionContext {
  /** Runs a compiled cell; its files must have been taken. Gives what holds the value of its last expression, once it has ended. */
  run(cell: Converted, name: string, from?: CellStart): Promise<CellValue>;
  /** Takes the files that a cell imports, of those that are new or have changed. */
  takeFiles(files: SideOutput[]): void;
  /** From now on, tells whether one of these variables was assigned. */
  changesSince(names: string[]): (name: string) => boolean;
  /** An error in the words of whoever wrote the cells. */
  report(error: unknown): ErrorReport;
}

/** What a cell was compiled from, and the run that its awaits belong to. */
export interface CellStart {
  source?: string;
  run?: CellRun;
}

/** Holds the value of a cell's last expression; a promise in it is not awaited. */
export interface CellValue {
  v: unknown;
}

/** What a context is made of. */
export interface ExecutionContextParts {
  /** Where modules are looked for. */
  folder: string;
  fallback: FallbackFiles;
  /** What `import * as tslab from "tslab"` gives. */
  tslab(): unknown;
  /** Gets all code that errors may speak of. */
  scripts: Map<string, Script>;
  variables: Variables;
  /** Called with each package that a cell or a file of the user requires. */
  onRequired(name: string, library: unknown): void;
  /** Loads an ES module. */
  importModule(place: string): Promise<unknown>;
  /** Lets a debugger know code that is about to run, by its file name. */
  announce(urls: string[]): Promise<void> | undefined;
}

/** A context without any cell yet. */
export function newExecutionContext(parts: ExecutionContextParts): ExecutionContext {
  const { folder, fallback, tslab, scripts, variables, onRequired, importModule, announce } = parts;
  const taken: string[] = [];
  const { require, update } = newCellRequire(folder, { tslab, fallback, onRequired });
  const notebook = join(folder, basename(process.env.JPY_SESSION_NAME ?? "notebook.ipynb"));
  const meta = { url: pathToFileURL(notebook).href, filename: notebook, dirname: folder };
  const awaits = newCellAwaits();
  const helpers = { ...newImportHelpers({ require, importModule }), ...awaits.helpers, meta };

  const placesIn = (way: Way): Script["place"] => (way.length > 0 ? newPlaceFinder(way) : () => undefined);

  const takeFiles = (files: SideOutput[]) => {
    for (const { path, data, way } of files) {
      const place = fallback.placeOf(path);
      scripts.set(place, { shown: path.replace(/\.js$/, ".ts"), way, place: placesIn(way) });
      taken.push(place);
      update(path, data);
    }
  };

  const run = async (
    { code = "", way, names, isAsync, declared, imported }: Converted,
    name: string,
    { source, run: own }: CellStart = {},
  ) => {
    scripts.set(name, { shown: name, source, way, place: placesIn(way) });
    const known = announce([...taken.splice(0), name]);
    if (known) await known;
    const { holders, result, helpers: given } = names;
    const parameters = [...holders.values(), result, given, "require", "__filename", "__dirname"].join(", ");
    const prefix = `(${isAsync ? "async " : ""}function(${parameters}) { "use strict"; `;
    const cell = runInThisContext(`${prefix}${code}\n})`, { filename: name, columnOffset: -prefix.length });
    variables.declare(declared, imported);
    const value: CellValue = { v: undefined };
    awaits.enter(own);
    await cell(...Array.from(holders.keys(), variables.holder), value, helpers, require, notebook, folder);
    return value;
  };

  return {
    run,
    takeFiles,
    changesSince: variables.changesSince,
    report: (error) => reportError(error, { folder, sourceOf: (name) => scripts.get(name)?.source }),
  };
}
