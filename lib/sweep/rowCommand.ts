import { join, resolve } from "node:path";
import { projectRoot, typeScriptLoader } from "../files";
import type { RowValues } from "./gridRows";
import { isScript } from "./loadSubject";
import { REPORT } from "./rowResult";

/** What starts a row's process: Node's words, the folder it works in, and what its environment has beside ours. */
export interface RowCommand {
  words: string[];
  cwd: string;
  env: Record<string, string>;
}

/** The file in a row's folder that holds the values of its parameters. */
export const VALUES = "parameters.json";

/** The file in a row's folder to which a script appends what it records, one `{ name, value }` of JSON in a line. */
export const RECORDS = "records.jsonl";

/**
 * How the process of a row is started: a notebook by `npm run notebook`, a script by Node itself. A script gets each value as
 * a word `--name=value`, text as it is and all else as JSON, works in the folder `output` of the row, and finds in
 * `ATELIER_RECORDS` the path of the file that it appends its numbers to.
 *
 * @param options.timeout - the longest a cell of a notebook may take, in seconds
 */
export function rowCommand(
  { notebook, timeout }: { notebook: string; timeout?: number },
  { folder, parameters }: { folder: string; parameters: RowValues },
): RowCommand {
  if (isScript(notebook)) return scriptCommand(notebook, folder, parameters);
  const files = ["-f", join(folder, VALUES), "-o", join(folder, "notebook.ipynb"), "--json", join(folder, REPORT)];
  const limit = timeout === undefined ? [] : ["--timeout", String(timeout)];
  const words = [join(projectRoot, "setup.js"), "notebook", resolve(notebook), ...files, ...limit];
  return { words, cwd: projectRoot, env: {} };
}

function scriptCommand(script: string, folder: string, parameters: RowValues): RowCommand {
  const before = [typeScriptLoader, join(__dirname, "script", "reportScript.ts")].flatMap((file) => [
    "--require",
    file,
  ]);
  const values = Object.entries(parameters).map(([name, value]) => `--${name}=${textOf(value)}`);
  const env = { ATELIER_RECORDS: join(folder, RECORDS), ATELIER_REPORT: join(folder, REPORT) };
  return { words: [...before, resolve(script), ...values], cwd: join(folder, "output"), env };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
