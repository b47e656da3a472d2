import { join } from "path";
import { replaceFile } from "../files";
import { DISABLED_EXTENSIONS, THEME_SETTINGS } from "./frontEndDefaults";
import { installExtension } from "./installExtension";
import { installKernel, type KernelSpecOptions } from "./installKernel";

/** Defaults, which a user's own settings override; widgets are saved as they stand. */
const SETTINGS = {
  ...THEME_SETTINGS,
  "@jupyter-widgets/jupyterlab-manager:plugin": { saveState: true },
};

/**
 * Writes this package's kernel, its extension and the defaults of its JupyterLab where the JupyterLab of a Python
 * environment looks for them.
 *
 * @param prefix - the environment's folder, as /opt/tljh/user
 * @param options - what else the kernelspec says
 */
export function installInto(prefix: string, options: KernelSpecOptions = {}): void {
  const share = join(prefix, "share", "jupyter");
  installKernel(join(share, "kernels"), options);
  installExtension(join(share, "labextensions"));
  writeJSON(join(share, "lab", "settings", "overrides.json"), SETTINGS);
  const disabledExtensions = Object.fromEntries(DISABLED_EXTENSIONS.map((name) => [name, true]));
  writeJSON(join(prefix, "etc", "jupyter", "labconfig", "page_config.json"), { disabledExtensions });
}

function writeJSON(file: string, value: unknown): void {
  replaceFile(file, JSON.stringify(value, null, 2) + "\n");
}
