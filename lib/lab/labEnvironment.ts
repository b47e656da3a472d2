import { dirname, join } from "path";
import { type EnvironmentOptions, pythonEnvironment } from "../python/pythonEnvironment";
import { readRequirements } from "../python/readRequirements";
import { installInto } from "./installInto";
import { installWarmKernel } from "./installWarmKernel";

/**
 * The environment of the lab: pinned JupyterLab, what draws Plotly figures and widgets in it, this package's kernel and its
 * extension. It is made on first use; kernel, extension and settings are written each time, as Node and this folder may
 * have moved.
 *
 * @returns the path of its Python
 * @throws PythonError when it cannot be made
 */
export function labEnvironment(options: EnvironmentOptions = {}): string {
  const python = pythonEnvironment("lab", { installs: [["--no-deps", ...pinnedPackages()]] }, options);
  const prefix = dirname(dirname(python));
  installInto(prefix, installWarmKernel(prefix));
  return python;
}

/** Every package with its version, the platforms it is for among them, as pip's arguments. */
export function pinnedPackages(): string[] {
  return readRequirements(join(__dirname, "requirements.txt"));
}
