#!/usr/bin/env node
import * as fs from "node:fs";
import * as path from "node:path";
import { NOTEBOOK_HELP, notebook } from "./commands/notebook";
import { layProject } from "./commands/project/layProject";
import { readArguments, UsageError } from "./commands/usage";
import { installKernelForUser } from "./lab/installKernel";
import { projectRoot } from "./files";

// The command of the kernel's package, as in "npx atelier-kernel run notebook.ipynb".

const { name, version } = JSON.parse(fs.readFileSync(path.join(projectRoot, "package.json"), "utf8"));

const HELP = `Usage: ${name} init FOLDER | run NOTEBOOK … | install

TypeScript notebooks on a hardened tslab kernel.

  init FOLDER        lays out a project: a notebook that learns from a table, one that learns from pictures, and data
  run NOTEBOOK …     executes a notebook headless; run --help tells how
  install            makes the kernel known to this user's Jupyter and editors, by the name tslab

  --version          this package's version`;

const commands: Record<string, (args: string[]) => Promise<number>> = {
  init: async (args) => {
    const { positionals } = readArguments(args, { options: {}, allowPositionals: true }, HELP);
    if (positionals.length !== 1)
      throw new UsageError(`One folder is wanted, ${positionals.length} were given. Usage: ${name} init FOLDER`);
    const [folder] = positionals;
    const files = layProject(folder, { run: `npx ${name} run`, dependency: { name, version } });
    console.log(`${folder}: ${files.length} files. To run the first notebook:\n\n  cd "${folder}"\n  npx ${name} run ${path.basename(files[0])} --html`); // prettier-ignore
    return 0;
  },
  run: (args) => notebook(args, NOTEBOOK_HELP.replace("npm run notebook --", `${name} run`)),
  install: async (args) => {
    readArguments(args, { options: {} }, HELP);
    console.log(`The kernel TypeScript (tslab) starts from ${installKernelForUser()}`);
    return 0;
  },
};

async function main([command, ...args]: string[]): Promise<number> {
  if (command === undefined || command === "--help" || command === "-h") {
    console.log(HELP);
    return command === undefined ? 2 : 0;
  }
  if (command === "--version") {
    console.log(version);
    return 0;
  }
  try {
    if (!Object.hasOwn(commands, command))
      throw new UsageError(`unknown command "${command}"; the commands are ${Object.keys(commands).join(", ")}`);
    return await commands[command](args);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof RangeError)) throw error;
    console.error(error.message.replace(/\s*\n\s*/g, " "));
    return 2;
  }
}

main(process.argv.slice(2)).then((code) => process.exit(code), fail);

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
