import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { stockKernelSpec } from "../../lib/kernel/kernelSpec";
import { installKernel } from "../../lib/lab/installKernel";
import { pythonEnvironment } from "../../lib/python/pythonEnvironment";
import { writeNotebooks } from "./writeNotebooks";

/** What to test. */
export type Part = "protocol" | "notebooks" | "nbgrader";

const PACKAGES = [
  "jupyter_client==8.10.0",
  "jupyter_kernel_test==0.7.0",
  "nbclient==0.11.0",
  "nbconvert==7.17.2",
  "nbformat==5.11.1",
  "nbmake==1.5.5",
  "papermill==2.7.0",
  "pytest==9.2.0",
];
const NBGRADER = ["nbgrader==0.9.6"];

/**
 * Tries the kernel in Jupyter's own clients: jupyter_kernel_test speaks its protocol, for comparison also with stock
 * tslab, and nbclient, nbconvert, papermill and nbmake run the lessons, and notebooks that fail. nbgrader
 * grades exercises, as our own command does.
 *
 * @returns whether all passed that must
 * @throws PythonError where there is no Python or the packages cannot be had
 */
export async function testClients(parts: Part[]): Promise<boolean> {
  const others = parts.filter((part) => part !== "nbgrader");
  const passed = others.length === 0 || tryClients(others);
  return (!parts.includes("nbgrader") || (await tryGrading())) && passed;
}

async function tryGrading(): Promise<boolean> {
  const python = pythonEnvironment("nbgrader", { installs: [NBGRADER] });
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "atelier-nbgrader-")));
  try {
    installKernel(path.join(folder, "kernels"));
    const { tryNbgrader } = await import("./nbgrader");
    return await tryNbgrader({ python, folder, env: { ...process.env, ...jupyterVariables(folder) } });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function tryClients(parts: Part[]): boolean {
  const python = pythonEnvironment("clients", { installs: [PACKAGES] });
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "atelier-clients-")));
  try {
    const inside = (name: string) => path.join(folder, name);
    const notebooks = inside("notebooks");
    fs.mkdirSync(notebooks);
    writeNotebooks(notebooks);
    installKernels(inside("kernels"));
    const run = (script: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
      spawnSync(python, [path.join(__dirname, script), ...args], {
        cwd: notebooks,
        stdio: "inherit",
        env: { ...process.env, ...jupyterVariables(folder), ...env },
      }).status === 0;
    let passed = true;
    if (parts.includes("protocol")) {
      console.log("\nStock tslab, for comparison");
      run("kernelTests.py", [], { KERNEL: "stock" });
      console.log("\nThis package's kernel");
      passed = run("kernelTests.py", [], { KERNEL: "tslab" });
    }
    if (parts.includes("notebooks")) passed = run("clients.py", [notebooks]) && passed;
    return passed;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function installKernels(kernels: string): void {
  installKernel(kernels);
  fs.mkdirSync(path.join(kernels, "stock"));
  const spec = { ...stockKernelSpec("{connection_file}"), display_name: "stock tslab", language: "typescript" };
  fs.writeFileSync(path.join(kernels, "stock", "kernel.json"), JSON.stringify(spec));
}

/** Everything of Jupyter's lies in the folder, and nothing of the user's is looked at. */
function jupyterVariables(folder: string): NodeJS.ProcessEnv {
  const inside = (name: string) => path.join(folder, name);
  return {
    PYTHONHOME: "",
    PYTHONPATH: "",
    JUPYTER_PATH: folder,
    JUPYTER_CONFIG_DIR: inside("config"),
    JUPYTER_DATA_DIR: inside("data"),
    JUPYTER_RUNTIME_DIR: inside("runtime"),
    IPYTHONDIR: inside("ipython"),
  };
}
