import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { projectRoot, shownPath } from "../files";
import { makeSnapshot } from "../kernel/snapshot";
import { installExtensionForUser } from "../lab/installExtension";
import { installInto } from "../lab/installInto";
import { installKernelForUser } from "../lab/installKernel";
import { type Command, labCommand } from "../lab/labCommand";
import { labEnvironment } from "../lab/labEnvironment";
import { prepareHome } from "../lab/prepareHome";
import { pythonOf } from "../python/pythonEnvironment";
import { PythonError } from "../python/pythonError";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { findLessons } from "./lessons";
import { orUsageError, readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run lab [-- [LESSON] [--port N] [--no-browser] | --kernel-only | --extension-only | --into FOLDER]

Opens a lesson (01, 02, …; the first one if none is named) in JupyterLab, which it installs on first use, in an
environment of its own. Ctrl-C ends JupyterLab and its kernels. What is edited and saved there is the lesson itself.

  --port N          listens there; default the first free port from 8888 on
  --no-browser      opens no browser, prints the address
  --kernel-only     needs no Python: installs the kernel for this user, so that VS Code and other editors find it
  --extension-only  needs no Python: installs the lab's extension for this user's own JupyterLab 4
  --into FOLDER     needs no Python: installs kernel, extension and the lab's defaults for all who use the JupyterLab of this
                    Python environment, as /opt/tljh/user of The Littlest JupyterHub`;

const OPTIONS = {
  port: { type: "string" },
  "no-browser": { type: "boolean" },
  "kernel-only": { type: "boolean" },
  "extension-only": { type: "boolean" },
  into: { type: "string" },
} as const;

/** `npm run lab`: the lessons in JupyterLab. */
export async function lab(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const port = values.port === undefined ? undefined : portOf(values.port);
  if (positionals.length > 1) throw new UsageError(`One lesson is opened, ${positionals.length} were named. ${USAGE}`);
  const [file] = orUsageError(() => findLessons(positionals));
  if (values.into !== undefined) return installForAll(values.into);
  if (values["kernel-only"]) return installForUser();
  if (values["extension-only"]) return told("extension", installExtensionForUser());
  try {
    const python = labEnvironment();
    await makeSnapshot();
    const home = prepareHome(path.join(projectRoot, "data", "downloads", "jupyter"));
    const command = labCommand(python, { root: projectRoot, file, home, port, browser: !values["no-browser"] });
    console.log(`JupyterLab opens ${shownPath(file)}; Ctrl-C ends it and its kernels.`);
    return await runToEnd(command, abortOnInterrupt());
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    console.error(`${error.message}. \`npm start\` runs the lessons without Python.`);
    return 1;
  }
}

const USAGE = HELP.split("\n")[0];

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new UsageError(`--port is "${text}"; give a whole number from 1 to 65535`);
}

async function installForUser(): Promise<number> {
  const folder = orUsageError(() => installKernelForUser());
  await makeSnapshot();
  return told("kernel", folder);
}

/** A folder that is no environment is refused: nobody would find there what it gets. */
async function installForAll(folder: string): Promise<number> {
  const python = pythonOf(folder);
  if (!existsSync(python))
    throw new UsageError(
      `--into is "${folder}", which has no ${path.relative(folder, python)}; give a Python environment`,
    );
  installInto(folder);
  await makeSnapshot();
  console.log(`Installed the kernel, the extension and the lab's defaults in ${folder}.`);
  return 0;
}

function told(what: string, folder: string): number {
  console.log(`Installed the ${what} in ${folder}; remove that folder to be rid of it.`);
  return 0;
}

/** The exit code; 0 where it ended because it was asked to. */
function runToEnd({ program, args, env }: Command, signal: AbortSignal): Promise<number> {
  const child = spawn(program, args, { cwd: projectRoot, env, stdio: "inherit" });
  // A console of Windows tells all its programs of Ctrl-C, and a signal there would end this one without its kernels.
  if (process.platform !== "win32") signal.addEventListener("abort", () => void child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(signal.aborted ? 0 : (code ?? 1)));
  });
}
