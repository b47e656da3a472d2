import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { replaceFile } from "../files";
import type { KernelSpecOptions } from "./installKernel";

/** The module of Python that keeps a kernel warm, and the name by which Jupyter knows what it provides. */
const MODULE = "atelier_warm_kernel";
const PROVISIONER = "atelier-warm";

const DISTRIBUTION = {
  METADATA: `Metadata-Version: 2.1\nName: ${MODULE}\nVersion: 1.0.0\n`,
  "entry_points.txt": `[jupyter_client.kernel_provisioners]\n${PROVISIONER} = ${MODULE}:WarmProvisioner\n`,
};

/** The server's extension starts the first kernel ahead. */
const SERVER_SETTINGS = { ServerApp: { jpserver_extensions: { [MODULE]: true } } };

/**
 * Lets the Jupyter server of a Python environment keep one kernel started ahead, so that a notebook's first cell waits for
 * none. That kernel takes some 200 MB of memory; `ATELIER_WARM_KERNEL=0` keeps none.
 *
 * @param prefix - the environment's folder
 * @returns what the kernelspec must say for that
 */
export function installWarmKernel(prefix: string): KernelSpecOptions {
  const packages = sitePackages(prefix);
  replaceFile(join(packages, `${MODULE}.py`), readFileSync(join(__dirname, "warmKernel", `${MODULE}.py`)));
  for (const [name, text] of Object.entries(DISTRIBUTION))
    replaceFile(join(packages, `${MODULE}-1.0.0.dist-info`, name), text);
  const settings = JSON.stringify(SERVER_SETTINGS, null, 2) + "\n";
  replaceFile(join(prefix, "etc", "jupyter", "jupyter_server_config.d", `${MODULE}.json`), settings);
  return { provisioner: PROVISIONER };
}

/** Where the modules of an environment are. */
function sitePackages(prefix: string): string {
  if (process.platform === "win32") return join(prefix, "Lib", "site-packages");
  const [python] = readdirSync(join(prefix, "lib")).filter((name) => /^python3\.\d+$/.test(name));
  return join(prefix, "lib", python, "site-packages");
}
