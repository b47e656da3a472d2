import { existsSync, readFileSync, rmSync, writeFileSync } from "fs";
import { join } from "path";
import { projectRoot, shownPath } from "../files";
import { call } from "./call";
import { findPython } from "./findPython";
import { PythonError } from "./pythonError";

/** What an environment holds. */
export interface PythonPackages {
  /** The arguments of each `pip install`, in order. */
  installs: string[][];
  /** Variables for the builds. */
  env?: Record<string, string>;
  /** The newest Python that the packages are made for; default any. */
  newest?: [major: number, minor: number];
}

/** Where environments are made. */
export interface EnvironmentOptions {
  /** Holds a folder for each; default `data/downloads/python` (git-ignored, and emptied by `npm run clean`). */
  root?: string;
  /** Called with each step; default `console.log`. */
  log?: (line: string) => void;
}

/** What a user may have set for other Pythons, and what would lead pip elsewhere, is unset. */
const OWN_PIP = { PIP_USER: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1", PYTHONHOME: "", PYTHONPATH: "" };

/**
 * A Python environment of its own, for a program in Python that this project calls. It is made on first use, and again when it
 * was made of other packages or its making was cut off. pip's messages are shown.
 *
 * @returns the path of its Python
 * @throws PythonError when there is no Python that can make one, or a package does not install
 */
export function pythonEnvironment(name: string, packages: PythonPackages, options: EnvironmentOptions = {}): string {
  const { root = join(projectRoot, "data", "downloads", "python"), log = console.log } = options;
  const { installs, env = {}, newest } = packages;
  const folder = join(root, name);
  const python = pythonOf(folder);
  const marker = join(folder, "made-of.json");
  const madeOf = JSON.stringify({ installs, env });
  if (existsSync(python) && existsSync(marker) && readFileSync(marker, "utf8") === madeOf) return python;
  const base = findPython({ newest });
  log(`Making the Python environment ${shownPath(folder)} (once) with ${base} …`);
  rmSync(folder, { recursive: true, force: true });
  step(`The environment ${shownPath(folder)} could not be made`, base, ["-m", "venv", folder]);
  for (const packages of installs) {
    log("Installing packages into it, from the Python Package Index …");
    const failed = `The packages of ${shownPath(folder)} could not be installed, for which the network is needed once`;
    step(failed, python, ["-m", "pip", "install", ...packages], env);
  }
  writeFileSync(marker, madeOf);
  return python;
}

function step(failed: string, program: string, args: string[], env: Record<string, string> = {}): void {
  try {
    call(program, args, { ...OWN_PIP, ...env });
  } catch (error) {
    throw new PythonError(`${failed}; see the messages above, then run the same command again`, { cause: error });
  }
}

/** Where the Python of an environment lies. */
export function pythonOf(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}
