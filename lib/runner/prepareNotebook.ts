import { type CellRange, cellRange, type RangeOptions } from "./cellRange";
import { withoutBanner } from "./failureBanner";
import { isRecord, KERNELSPEC, type Notebook } from "./notebook";
import { checkInjected } from "./parameters/checkInjected";
import { fitParameters } from "./parameters/fitParameters";
import { injectParameters } from "./parameters/injectParameters";
import { readInjected, readParameters } from "./parameters/readParameters";
import { loadNotebook } from "./parseNotebook";

/** What of a notebook is to be run, and with which values. */
export interface PrepareOptions extends RangeOptions {
  /** Values for the notebook's parameters. */
  parameters?: Record<string, unknown>;
}

/** A notebook that is ready to be run. */
export interface PreparedNotebook {
  notebook: Notebook;
  range: CellRange;
  /** The declared values. */
  defaults: Record<string, unknown>;
  /** All values it will have. */
  parameters: Record<string, unknown>;
}

/**
 * Reads a notebook, sets its parameters, and finds the cells that are asked for.
 *
 * Throws a SyntaxError for a file that is no notebook, and a RangeError for one of another language, for a parameter
 * that does not fit, and for a cell that is not there.
 */
export function prepareNotebook(
  file: string,
  { parameters: given = {}, from, until }: PrepareOptions,
  log: (line: string) => void = () => {},
): PreparedNotebook {
  const original = withoutBanner(loadNotebook(file));
  checkLanguage(original, file);
  const declared = readParameters(original);
  fitParameters(declared, given, log);
  if (declared.length === 0 && Object.keys(given).length > 0)
    log(`${file} has no cell tagged parameters: the values are set before its first code cell`);
  const notebook = injectParameters(original, given);
  checkInjected(file, notebook, { parameters: declared, values: given });
  const range = cellRange(notebook, { from, until });
  notebook.metadata.kernelspec ??= { ...KERNELSPEC };
  const defaults = Object.fromEntries(declared.map(({ name, value }) => [name, value]));
  return { notebook, range, defaults, parameters: { ...defaults, ...readInjected(notebook) } };
}

function checkLanguage({ metadata }: Notebook, file: string): void {
  const { name, language }: Record<string, unknown> = isRecord(metadata.kernelspec) ? metadata.kernelspec : {};
  if (name === undefined || language === "typescript" || /tslab|typescript/i.test(String(name))) return;
  throw new RangeError(`${file} is written for the kernel "${name}"; this runner has "tslab", for TypeScript`);
}
