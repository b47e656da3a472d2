import { dirname, join } from "path";
import { snapshotFile } from "./snapshot";

/** How to start a kernel process: the command line and what its environment has on top of ours. */
export interface KernelSpec {
  argv: string[];
  env: Record<string, string>;
  /** How Jupyter interrupts it; by a signal where this is left out. */
  interrupt_mode?: "signal" | "message";
}

/** How a kernel may start. */
export interface KernelStart {
  /**
   * Whether it may start from a snapshot, which takes less time; default true. False where the command must work with
   * another Node too, or with options for V8.
   */
  snapshot?: boolean;
}

const FLAGS = [
  // A cell that is broken off leaves Node's record of asynchronous calls unbalanced, which Node would die of.
  "--no-force-async-hooks-checks",
  // The thread of the sockets hears SIGINT, which Node keeps to the main thread.
  "--expose-internals",
];

/**
 * The command that starts this package's kernel, the pinned tslab with its gaps closed, by the Node that runs us, with
 * no need of a global install.
 *
 * @param connectionFile - path of the Jupyter connection file, or Jupyter's placeholder `{connection_file}`
 */
export function kernelSpec(connectionFile: string, { snapshot: mayUse = true }: KernelStart = {}): KernelSpec {
  const launch = join(__dirname, "launch.js");
  const snapshot = mayUse ? snapshotFile() : undefined;
  const from = snapshot === undefined ? [] : ["--snapshot-blob", snapshot];
  return {
    argv: [process.execPath, ...from, ...FLAGS, launch, "--config-path", connectionFile],
    env: {},
    interrupt_mode: "message",
  };
}

/** The command that starts a kernel ahead; it is told on its standard input what it is to be (`warmKernel.ts`). */
export function warmKernelSpec(): KernelSpec {
  const spec = kernelSpec("");
  return { ...spec, argv: [...spec.argv.slice(0, -2), "--warm"] };
}

/** The command by which Jupyter starts this package's kernel, whatever becomes of its snapshot; as `kernelSpec` otherwise. */
export function installedKernelSpec(connectionFile: string): KernelSpec {
  const spec = kernelSpec(connectionFile, { snapshot: false });
  if (process.platform === "win32") return spec;
  return { ...spec, argv: ["/bin/sh", join(__dirname, "start.sh"), ...spec.argv] };
}

/** The command that starts tslab as it comes; `connectionFile` as for `kernelSpec`. */
export function stockKernelSpec(connectionFile: string): KernelSpec {
  const tslab = join(dirname(require.resolve("tslab/package.json")), "bin", "tslab");
  return { argv: [process.execPath, tslab, "kernel", "--config-path", connectionFile], env: {} };
}
