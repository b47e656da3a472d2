import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../lib/files";

/** A package that npm installs for a measurement, in a folder of its own. */
export interface NpmPackage {
  name: string;
  version: string;
  /** Finds its program below the folder of packages; undefined where it is not there. */
  find: (modules: string) => string | undefined;
}

/**
 * The program of a package, which is installed once. None of its scripts is run.
 *
 * @throws Error where npm cannot install it, with what npm said
 */
export function npmProgram({ name, version, find }: NpmPackage): string {
  const home = path.join(projectRoot, "data", "downloads", "npm", `${name}-${version}`);
  const modules = path.join(home, "node_modules");
  const found = find(modules);
  if (found !== undefined) return found;
  mkdirSync(home, { recursive: true });
  const isWindows = process.platform === "win32";
  const flags = ["install", "--prefix", home, "--no-audit", "--no-fund", "--ignore-scripts", `${name}@${version}`];
  const { status, stderr } = spawnSync(isWindows ? "npm.cmd" : "npm", flags, { encoding: "utf8", shell: isWindows });
  const program = find(modules);
  if (status !== 0 || program === undefined) throw new Error(`npm could not install ${name} ${version}: ${stderr}`);
  return program;
}
