import { existsSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../lib/files";
import { installInto } from "../../lib/lab/installInto";
import { pinnedPackages } from "../../lib/lab/labEnvironment";
import { pythonEnvironment } from "../../lib/python/pythonEnvironment";
import { readRequirements } from "../../lib/python/readRequirements";
import { npmProgram } from "../npmPackage";

const PROXY = "configurable-http-proxy";

/** The programs of a hub. */
export interface HubPrograms {
  /** The Python that has JupyterHub and JupyterLab. */
  python: string;
  /** JupyterHub's proxy. */
  proxy: string;
}

/** Where the configuration for a real hub lies. */
export const deployed = path.join(projectRoot, "deploy", "jupyterhub");

/**
 * Installs JupyterHub with what a person's server needs, and its proxy, each in a folder of its own, once.
 *
 * @throws PythonError where the environment cannot be made; Error where npm cannot install the proxy, with what it said
 */
export function hubPrograms(): HubPrograms {
  const packages = [...pinnedPackages(), ...readRequirements(path.join(deployed, "requirements.txt"))];
  const python = pythonEnvironment("hub", { installs: [["--no-deps", ...packages]] });
  installInto(path.dirname(path.dirname(python)));
  return { python, proxy: npmProgram({ name: PROXY, version: "5.3.0", find: proxyIn }) };
}

/** JupyterHub's proxy. */
function proxyIn(modules: string): string | undefined {
  const program = path.join(modules, ".bin", PROXY);
  return existsSync(program) ? program : undefined;
}
