import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../files";
import { readArguments } from "./usage";

const HELP = `Usage: npm run native

Fetches the native library of @tensorflow/tfjs-node-gpu (Linux and Windows: the CUDA build) from TensorFlow's own
storage. Not needed for anything; with a GPU and CUDA 11.2 with cuDNN 8.1 it makes training faster.`;

/** `npm run native`: the one download beyond the npm registry, only ever made on request. */
export async function native(args: string[]): Promise<number> {
  readArguments(args, { options: {} }, HELP);
  const cwd = path.join(projectRoot, "node_modules", "@tensorflow", "tfjs-node-gpu");
  if (!fs.existsSync(cwd)) {
    console.error("@tensorflow/tfjs-node-gpu is not installed: npm leaves it out where it cannot be used.");
    return 1;
  }
  const { status } = spawnSync(process.execPath, ["scripts/install.js", "gpu", "download"], { cwd, stdio: "inherit" });
  if (status !== 0) console.error("The library could not be fetched; everything runs without it, on WebAssembly.");
  else console.log("Fetched. `npm run backends` tells whether it works.");
  return status === 0 ? 0 : 1;
}
