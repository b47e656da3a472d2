import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../files";
import { NativeError } from "./nativeError";

/**
 * Fetches the library that @tensorflow/tfjs-node-gpu 4.22.0 was made for, TensorFlow 2.9, from TensorFlow's own storage:
 * the one download beyond the package registries.
 *
 * @throws NativeError when the package is not installed or the library does not arrive
 */
export function downloadLibrary(modules = path.join(projectRoot, "node_modules")): void {
  const cwd = path.join(modules, "@tensorflow", "tfjs-node-gpu");
  if (!fs.existsSync(path.join(cwd, "scripts", "install.js")))
    throw new NativeError("@tensorflow/tfjs-node-gpu is not installed; run npm install, without --omit=optional");
  const { status } = spawnSync(process.execPath, ["scripts/install.js", "gpu", "download"], { cwd, stdio: "inherit" });
  if (status !== 0)
    throw new NativeError("The library could not be fetched, see above; everything runs without it, on the CPU");
}
