import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../lib/files";

/** What an environment holds. */
export interface PythonPackages {
  /** The arguments of each `pip install`, in order. */
  installs: string[][];
  /** Variables for the builds. */
  env?: Record<string, string>;
}

/**
 * A Python environment of its own for a peer that is measured, under `data/downloads/python` (git-ignored, and emptied
 * by `npm run clean`). It is made on first use, and again when it was made of other packages or its making was cut off.
 *
 * @returns the path of its Python
 * @throws Error when there is no python3 with venv, or a package does not install
 */
export function pythonEnvironment(name: string, { installs, env = {} }: PythonPackages): string {
  const folder = path.join(projectRoot, "data", "downloads", "python", name);
  const python = path.join(folder, ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]));
  const marker = path.join(folder, "made-of.json");
  const madeOf = JSON.stringify({ installs, env });
  if (fs.existsSync(marker) && fs.readFileSync(marker, "utf8") === madeOf) return python;
  console.log(`making the Python environment ${name} …`);
  fs.rmSync(folder, { recursive: true, force: true });
  call(process.platform === "win32" ? "python" : "python3", ["-m", "venv", folder], {});
  for (const packages of installs)
    call(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages], env);
  fs.writeFileSync(marker, madeOf);
  return python;
}

/** Runs a program to its end, its output shown. */
export function call(program: string, args: string[], env: Record<string, string>): void {
  const { status, error } = spawnSync(program, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (status === 0) return;
  throw new Error(
    `${[program, ...args].join(" ")} ${error ? `failed: ${error.message}` : `ended with code ${status}`}`,
  );
}
