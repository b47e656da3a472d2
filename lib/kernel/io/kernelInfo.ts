import { createRequire } from "module";
import { describeKernel } from "./describeKernel";

/** What the kernel says of itself. Versions are read, nothing is loaded: a client hears this first. */
export function kernelInfo(): Record<string, unknown> {
  const fromTslab = createRequire(require.resolve("tslab/package.json"));
  const tslab: string = fromTslab("./package.json").version;
  const typescript: string = createRequire(__filename)("typescript/package.json").version;
  const platform = `Node ${process.versions.node}`;
  return describeKernel({ tslab, typescript, platform, features: ["debugger", "kernel subshells"] });
}
