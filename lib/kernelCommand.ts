#!/usr/bin/env node
import * as fs from "node:fs";
import * as path from "node:path";
import { type Commands, runCommand } from "./commands/runCommand";
import { orUsageError, readArguments, UsageError } from "./commands/usage";
import { projectRoot } from "./files";

// The command of the kernel's package, as in "npx atelier-kernel run notebook.ipynb".

const { name, version } = JSON.parse(fs.readFileSync(path.join(projectRoot, "package.json"), "utf8"));

const HELP = `Usage: ${name} init FOLDER | run NOTEBOOK … | install | language-server

TypeScript notebooks on a hardened tslab kernel.

  init FOLDER        lays out a project: a notebook that learns from a table, one that learns from pictures, and data
  run NOTEBOOK …     executes a notebook headless; run --help tells how
  install            makes the kernel known to this user's Jupyter and editors, by the name tslab
  language-server    answers an editor over standard input and output; language-server --help tells how

  --version          this package's version`;

const commands: Commands = {
  init: async () => init,
  run: async () => {
    const { NOTEBOOK_HELP, notebook } = await import("./commands/notebook");
    return (args) => notebook(args, NOTEBOOK_HELP.replace("npm run notebook --", `${name} run`));
  },
  install: async () => install,
  "language-server": async () => {
    const { LANGUAGE_SERVER_HELP, languageServer } = await import("./commands/languageServer");
    return (args) => languageServer(args, LANGUAGE_SERVER_HELP.replace("node setup.js", name));
  },
};

async function init(args: string[]): Promise<number> {
  const { layProject } = await import("./commands/project/layProject");
  const { positionals } = readArguments(args, { options: {}, allowPositionals: true }, HELP);
  if (positionals.length !== 1)
    throw new UsageError(`One folder is wanted, ${positionals.length} were given. Usage: ${name} init FOLDER`);
  const [folder] = positionals;
  const files = layProject(folder, { run: `npx ${name} run`, dependency: { name, version } });
  console.log(`${folder}: ${files.length} files. To run the first notebook:\n\n  cd "${folder}"\n  npx ${name} run ${path.basename(files[0])} --html`); // prettier-ignore
  return 0;
}

async function install(args: string[]): Promise<number> {
  const { installKernelForUser } = await import("./lab/installKernel");
  readArguments(args, { options: {} }, HELP);
  console.log(`The kernel TypeScript (tslab) starts from ${orUsageError(() => installKernelForUser())}`);
  return 0;
}

async function main(words: string[]): Promise<number> {
  const [command] = words;
  if (command === undefined || command === "--help" || command === "-h") {
    console.log(HELP);
    return command === undefined ? 2 : 0;
  }
  if (command === "--version") {
    console.log(version);
    return 0;
  }
  return runCommand(commands, words);
}

main(process.argv.slice(2)).then((code) => process.exit(code), fail);

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
