import * as fs from "node:fs";
import * as path from "node:path";
import { loadNotebook } from "../runner/parseNotebook";
import { streamProgress } from "../runner/progress";
import { runNotebook } from "../runner/runNotebook";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { readGiven, valuesFor } from "./givenParameters";
import { givenPath } from "./givenPath";
import { RUN_HELP, RUN_OPTIONS, readTimeout } from "./runOptions";
import { onlyOne, orUsageError, readArguments, UsageError } from "./usage";
import { writeReports } from "./writeReports";

/** How the command is used. */
export const NOTEBOOK_HELP = `Usage: npm run notebook -- FILE [-o OUT] [--html] [--quick] [-p name=value …] [-f FILE] …

Executes one notebook headless. It ends with 0 when every cell was fine, 1 when one failed, 2 for a wrong request.

  -o OUT             where the executed notebook goes, default FILE with ".out" before its ending; may be FILE itself
  --html             writes a page beside it
  --quick            takes the lesson's own small parameters
  --check            only type-checks the cells, as strictly as the library, and runs nothing
${RUN_HELP}
  --until CELL       stops after this cell: its number as a run prints it, its id, a tag, or the heading above it
  --from CELL        runs this cell and those after it that depend on it; others keep their outputs, and run only
                     where one of these needs what they declare
  --changed          runs only the cells that have changed since the run that wrote OUT, and those that depend on them`;

const OPTIONS = {
  ...RUN_OPTIONS,
  o: { type: "string", short: "o" },
  html: { type: "boolean" },
  check: { type: "boolean" },
  from: { type: "string" },
  until: { type: "string" },
  changed: { type: "boolean" },
} as const;

/** `npm run notebook`: one notebook with parameters. */
export async function notebook(args: string[], help = NOTEBOOK_HELP): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, help);
  const file = onlyFile(positionals, help);
  if (values.check) return (await import("./checkNotebook")).checkNotebook(onlyCheck(file, values));
  if (isFolder(values.o ?? "")) throw new UsageError(`${values.o} is a folder; give the path of a notebook`);
  const { dir, name } = path.parse(file);
  const output = values.o ?? path.join(dir, `${name}.out.ipynb`);
  const parameters = orUsageError(() => valuesFor(loadNotebook(file), readGiven(values), values));
  const { from, until, changed } = values;
  const hurry = new AbortController();
  try {
    const result = await runNotebook(file, {
      ...{ output, parameters, from, until, changed },
      html: values.html ? output.replace(/(\.ipynb)?$/, ".html") : undefined,
      cellTimeout: readTimeout(values.timeout),
      allowErrors: values["allow-errors"],
      stamps: path.resolve(output) !== path.resolve(file),
      ...{ signal: abortOnInterrupt({ hurry }), hurry: hurry.signal },
      ...streamProgress(process.stdout),
    });
    for (const written of [result.output, result.html]) if (written) console.log(`wrote ${written}`);
    writeReports([result], values);
    return result.status === "ok" ? 0 : 1;
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) throw new UsageError(error.message);
    throw error;
  }
}

/** Paths begin where npm was called, also in a folder below the project or far from it. */
function onlyFile(files: string[], help: string): string {
  const file = givenPath(onlyOne(files, "notebook", help));
  if (!fs.existsSync(file)) throw new UsageError(`There is no file ${file}; give the path of a notebook`);
  if (isFolder(file)) throw new UsageError(`${file} is a folder; give the path of a notebook`);
  return file;
}

/** The file, where nothing else is asked for that a check would not do. */
function onlyCheck(file: string, { check: _, ...others }: Record<string, unknown>): string {
  const [name] = Object.keys(others);
  if (name !== undefined)
    throw new UsageError(`--check runs nothing, so it does not go with ${name}; leave one of them out`);
  return file;
}

function isFolder(name: string): boolean {
  return fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
