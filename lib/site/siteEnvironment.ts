import { join } from "node:path";
import { type EnvironmentOptions, pythonEnvironment } from "../python/pythonEnvironment";
import { readRequirements } from "../python/readRequirements";

/**
 * The environment that builds the site: pinned JupyterLite, and what draws Plotly figures and widgets. Made on first use.
 *
 * @returns the path of its Python
 * @throws PythonError when it cannot be made
 */
export function siteEnvironment(options: EnvironmentOptions = {}): string {
  const packages = readRequirements(join(__dirname, "requirements.txt"));
  return pythonEnvironment("site", { installs: [["--no-deps", ...packages]] }, options);
}
