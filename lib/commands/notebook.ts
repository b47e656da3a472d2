import * as fs from "node:fs";
import * as path from "node:path";
import { LONGEST_TIMEOUT } from "../runner/cellOutcome";
import { loadNotebook } from "../runner/parseNotebook";
import { parseParameterArguments } from "../runner/parameters";
import { streamProgress } from "../runner/progress";
import { runNotebook } from "../runner/runNotebook";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { quickParameters } from "./lessons";
import { orUsageError, readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run notebook -- FILE [-p name=value …] [-o OUT] [--html] [--quick] [--timeout SECONDS]

Executes one notebook headless.

  -p name=value      sets a parameter of the cell tagged "parameters"
  -o OUT             where the executed notebook goes, default FILE with ".out" before its ending; may be FILE itself
  --html             writes a page beside it
  --quick            takes the lesson's own small parameters
  --timeout SECONDS  the longest a cell may take, default no limit`;

const OPTIONS = {
  p: { type: "string", short: "p", multiple: true },
  o: { type: "string", short: "o" },
  html: { type: "boolean" },
  quick: { type: "boolean" },
  timeout: { type: "string" },
} as const;

/** `npm run notebook`: one notebook with parameters. */
export async function notebook(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const [file] = positionals;
  if (positionals.length !== 1)
    throw new UsageError(`One notebook is wanted, ${positionals.length} were given. ${HELP.split("\n")[0]}`);
  if (!fs.existsSync(file)) throw new UsageError(`There is no file ${file}; give the path of a notebook`);
  for (const name of [file, values.o ?? ""])
    if (isFolder(name)) throw new UsageError(`${name} is a folder; give the path of a notebook`);
  const { dir, name } = path.parse(file);
  const output = values.o ?? path.join(dir, `${name}.out.ipynb`);
  const parsed = orUsageError(() => loadNotebook(file));
  const given = orUsageError(() => parseParameterArguments(values.p ?? []));
  const parameters = { ...(values.quick && quickParameters(parsed)), ...given };
  try {
    const result = await runNotebook(file, {
      output,
      parameters,
      html: values.html ? output.replace(/(\.ipynb)?$/, ".html") : undefined,
      cellTimeout: values.timeout === undefined ? undefined : seconds(values.timeout),
      stamps: path.resolve(output) !== path.resolve(file),
      signal: abortOnInterrupt(),
      ...streamProgress(process.stdout),
    });
    for (const written of [result.output, result.html]) if (written) console.log(`wrote ${written}`);
    return result.status === "ok" ? 0 : 1;
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) throw new UsageError(error.message);
    throw error;
  }
}

function isFolder(name: string): boolean {
  return fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= LONGEST_TIMEOUT) return value;
  throw new UsageError(`--timeout is "${text}"; give a number of seconds above 0, at most ${LONGEST_TIMEOUT}`);
}
