import { dirname, join } from "path";

/** How to start a kernel process: the command line and what its environment has on top of ours. */
export interface KernelSpec {
  argv: string[];
  env: Record<string, string>;
  /** How Jupyter interrupts it; by a signal where this is left out. */
  interrupt_mode?: "signal" | "message";
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
export function kernelSpec(connectionFile: string): KernelSpec {
  const launch = join(__dirname, "launch.js");
  return {
    argv: [process.execPath, ...FLAGS, launch, "--config-path", connectionFile],
    env: {},
    interrupt_mode: "message",
  };
}

/** The command that starts tslab as it comes; `connectionFile` as for `kernelSpec`. */
export function stockKernelSpec(connectionFile: string): KernelSpec {
  const tslab = join(dirname(require.resolve("tslab/package.json")), "bin", "tslab");
  return { argv: [process.execPath, tslab, "kernel", "--config-path", connectionFile], env: {} };
}
