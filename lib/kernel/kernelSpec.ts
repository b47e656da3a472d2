import { dirname, join } from "path";

/** How to start a kernel process: the command line and what its environment has on top of ours. */
export interface KernelSpec {
  argv: string[];
  env: Record<string, string>;
}

/**
 * The command that starts the tslab kernel of this package, by the Node that runs us, with no need of a global install.
 *
 * @param connectionFile - path of the Jupyter connection file, or Jupyter's placeholder `{connection_file}`
 */
export function kernelSpec(connectionFile: string): KernelSpec {
  const tslab = join(dirname(require.resolve("tslab/package.json")), "bin", "tslab");
  return { argv: [process.execPath, tslab, "kernel", "--config-path", connectionFile], env: {} };
}
