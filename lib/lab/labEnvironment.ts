import { readFileSync } from "fs";
import { dirname, join } from "path";
import { replaceFile } from "../files";
import { type EnvironmentOptions, pythonEnvironment } from "../python/pythonEnvironment";
import { installExtension } from "./installExtension";
import { installKernel } from "./installKernel";

/** What JupyterLab would ask the network for: news, newer versions, the list of extensions. */
const DISABLED = ["@jupyterlab/apputils-extension:announcements", "@jupyterlab/extensionmanager-extension:plugin"];

/** Defaults, which a user's own settings override: light or dark as the system is. */
const SETTINGS = { "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true } };

/**
 * The environment of the lab: pinned JupyterLab, what draws Plotly figures in it, this package's kernel and its
 * extension. It is made on first use; kernel, extension and settings are written each time, as Node and this folder may
 * have moved.
 *
 * @returns the path of its Python
 * @throws PythonError when it cannot be made
 */
export function labEnvironment(options: EnvironmentOptions = {}): string {
  const python = pythonEnvironment("lab", { installs: [["--no-deps", ...pinnedPackages()]] }, options);
  const folder = dirname(dirname(python));
  const share = join(folder, "share", "jupyter");
  installKernel(join(share, "kernels"));
  installExtension(join(share, "labextensions"));
  writeJSON(join(share, "lab", "settings", "overrides.json"), SETTINGS);
  const disabledExtensions = Object.fromEntries(DISABLED.map((name) => [name, true]));
  writeJSON(join(folder, "etc", "jupyter", "labconfig", "page_config.json"), { disabledExtensions });
  return python;
}

/** Every package with its version, the platforms it is for among them, as pip's arguments. */
export function pinnedPackages(): string[] {
  const lines = readFileSync(join(__dirname, "requirements.txt"), "utf8").split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

function writeJSON(file: string, value: unknown): void {
  replaceFile(file, JSON.stringify(value, null, 2) + "\n");
}
