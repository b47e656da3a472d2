import { existsSync } from "node:fs";
import type { Notebook } from "../runner/notebook";
import { loadParameterFile } from "../runner/parameters/loadParameterFile";
import { readParameters } from "../runner/parameters/readParameters";
import { readTexts, splitArguments } from "../runner/parameters/readTexts";
import { quickParameters, togetherParameters } from "./lessons";

/** What a command line says of parameters. */
export interface GivenParameters {
  /** Of `-p`, whose types the notebook knows. */
  texts: Record<string, string>;
  /** Of `-f`, which have types of their own. */
  values: Record<string, unknown>;
}

/** Reads the arguments of `-p` and the files of `-f`; of two values for a name the later counts. */
export function readGiven({ p = [], f = [] }: { p?: string[]; f?: string[] }): GivenParameters {
  for (const file of f)
    if (!existsSync(file)) throw new RangeError(`There is no file ${file}; give the path of a .yaml or .json file`);
  return { texts: splitArguments(p), values: Object.assign({}, ...f.map(loadParameterFile)) };
}

/**
 * The values a notebook gets: its own for a quick run or for a run beside all others where those are wanted, then those of
 * files, then those of `-p`.
 */
export function valuesFor(
  notebook: Notebook,
  { texts, values }: GivenParameters,
  { quick = false, together = false } = {},
): Record<string, unknown> {
  const own = quick ? quickParameters(notebook) : together ? togetherParameters(notebook) : {};
  return { ...own, ...values, ...readTexts(readParameters(notebook), texts) };
}
