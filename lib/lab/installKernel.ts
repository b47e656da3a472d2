import { cpSync, existsSync, readFileSync } from "fs";
import { join } from "path";
import { replaceFile } from "../files";
import { installedKernelSpec } from "../kernel/kernelSpec";
import { userDataFolder } from "./userDataFolder";

/** The name by which notebooks ask for the kernel. */
export const KERNEL_NAME = "tslab";

/** Jupyter's kernel.json. */
interface KernelFile {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: string;
  env: Record<string, string>;
  metadata: { debugger: boolean; kernel_provisioner?: { provisioner_name: string } };
}

/** What else a kernelspec says. */
export interface KernelSpecOptions {
  /** What of the Jupyter server starts the kernel; its own by default. The server must have it by this name. */
  provisioner?: string;
}

/**
 * Writes the kernelspec of this package's kernel, with its logos. It names the Node that runs us and this folder.
 *
 * @param kernels - Jupyter's folder of kernels
 * @returns the folder of the kernelspec
 */
export function installKernel(kernels: string, { provisioner }: KernelSpecOptions = {}): string {
  const folder = join(kernels, KERNEL_NAME);
  const { argv, env, interrupt_mode = "signal" } = installedKernelSpec("{connection_file}");
  const metadata = {
    debugger: true, // JupyterLab offers its debugger before a kernel runs
    ...(provisioner === undefined ? {} : { kernel_provisioner: { provisioner_name: provisioner } }),
  };
  const spec: KernelFile = { argv, display_name: "TypeScript", language: "typescript", interrupt_mode, env, metadata };
  cpSync(join(__dirname, "kernelspec"), folder, { recursive: true });
  replaceFile(join(folder, "kernel.json"), JSON.stringify(spec, null, 2) + "\n");
  return folder;
}

/**
 * Writes the kernelspec where every Jupyter and editor of this user looks.
 *
 * @param kernels - the user's folder of kernels; default where Jupyter has it on this system
 * @throws RangeError when another kernel of that name is there, which stays as it is
 */
export function installKernelForUser(kernels = join(userDataFolder(), "kernels")): string {
  const there = join(kernels, KERNEL_NAME, "kernel.json");
  if (existsSync(there) && !isOurs(readFileSync(there, "utf8")))
    throw new RangeError(
      `There is another kernel named ${KERNEL_NAME} in ${join(kernels, KERNEL_NAME)}; remove that folder and run this again`,
    );
  return installKernel(kernels);
}

/** Whether a kernel.json starts this package's kernel, in whatever folder it lies. */
function isOurs(text: string): boolean {
  return /lib[\\/]+kernel[\\/]+launch\.js/.test(text);
}
