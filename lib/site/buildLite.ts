import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { replaceFile } from "../files";
import { DISABLED_EXTENSIONS, THEME_SETTINGS } from "../lab/frontEndDefaults";

/** The kernel's extension runs cells in its place. */
const REPLACED = "@jupyterlab/notebook-extension:cell-executor";

const CONFIG = {
  appName: "Atelier",
  defaultKernelName: "tslab",
  contentsAllJsonFile: "all.json",
  disabledExtensions: [...DISABLED_EXTENSIONS, REPLACED],
};

/** A closed tab loses no more than these seconds of an edit: it may not come to the question whether to save. */
const SAVING = { "@jupyterlab/docmanager-extension:plugin": { autosaveInterval: 5 } };

/**
 * Builds JupyterLite with the extensions of a Python's environment.
 *
 * @param folder - an empty one to work in
 * @returns the folder of the site
 * @throws Error with the last lines that JupyterLite said
 */
export function buildLite(python: string, folder: string): string {
  const config = { "jupyter-lite-schema-version": 0, "jupyter-config-data": CONFIG };
  replaceFile(join(folder, "jupyter-lite.json"), JSON.stringify(config));
  replaceFile(join(folder, "overrides.json"), JSON.stringify({ ...THEME_SETTINGS, ...SAVING }));
  const site = join(folder, "site");
  const args = ["-m", "jupyterlite_core", "build", "--lite-dir", folder, "--output-dir", site];
  const { status, stdout, stderr, error } = spawnSync(python, args, { cwd: folder, encoding: "utf8" });
  if (status === 0) return site;
  const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-20).join("\n");
  throw new Error(`JupyterLite could not be built: ${error?.message ?? said}`);
}
