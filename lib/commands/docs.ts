import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { projectRoot, shownPath, typeScriptLoader } from "../files";
import { shortRun } from "./shortRun";
import { readArguments } from "./usage";

const HELP = `Usage: npm run docs [-- -o FOLDER]

Builds a page for each file of the library that notebooks call: what every public function takes, gives and throws, with
search, with an example that a test runs. The pages work offline. It ends with 1 where something public has no description,
or a function no example.

  -o FOLDER          where they go, default docs/api`;

const OPTIONS = { o: { type: "string", short: "o" } } as const;

/** `npm run docs`: the reference, by TypeDoc as typedoc.json says. */
export async function docs(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const out = path.resolve(values.o ?? path.join(projectRoot, "docs", "api"));
  const typedoc = path.join("node_modules", "typedoc", "bin", "typedoc");
  const command = [...shortRun, "--require", typeScriptLoader, typedoc, "--out", out, "--logLevel", "Warn"];
  const { status } = spawnSync(process.execPath, command, {
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) return 1;
  console.log(`open ${shownPath(path.join(out, "index.html"))}`);
  return 0;
}
