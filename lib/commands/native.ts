import * as fs from "node:fs";
import { bindingFolder } from "../compute/tensorflow/binding";
import { shownPath } from "../files";
import { buildBinding } from "./native/buildBinding";
import { findBuildTools } from "./native/buildTools";
import { downloadLibrary } from "./native/downloadLibrary";
import { hasNvidiaGpu } from "./native/hasNvidiaGpu";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run native [-- --cuda | --cpu | --download | --remove]

Makes TensorFlow's own library usable, which trains on NVIDIA's GPUs. Nothing else needs it. On Linux on x64 it installs
TensorFlow 2.21 from the Python Package Index into data/downloads/tensorflow and compiles the addon of tfjs-node against
it; Python 3.10 to 3.13 and a C++ compiler are needed for that, and no Python afterwards.
  --cuda      with CUDA 12, 12 GB of disk space; the default where nvidia-smi sees a GPU
  --cpu       without, 2 GB; the default elsewhere
  --download  instead, what tfjs-node-gpu itself fetches from TensorFlow's storage: for CUDA 11.2 with cuDNN 8.1
  --remove    deletes data/downloads/tensorflow`;

const OPTIONS = {
  cuda: { type: "boolean" },
  cpu: { type: "boolean" },
  download: { type: "boolean" },
  remove: { type: "boolean" },
} as const;

/** `npm run native`: builds, fetches or removes TensorFlow's library, only ever on request. */
export async function native(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const [wish, ...others] = Object.keys(values);
  if (others.length > 0)
    throw new UsageError(`--${wish} and --${others[0]} exclude each other. ${HELP.split("\n")[0]}`);
  if (values.remove) remove();
  else if (values.download) downloadLibrary();
  else build(values.cuda ?? (!values.cpu && hasNvidiaGpu()));
  if (!values.remove) console.log("Done. `npm run backends` tells whether it works.");
  return 0;
}

function build(cuda: boolean): void {
  const tools = findBuildTools({ folder: bindingFolder, cuda });
  buildBinding({ ...tools, folder: bindingFolder, cuda });
}

function remove(): void {
  const isThere = fs.existsSync(bindingFolder);
  fs.rmSync(bindingFolder, { recursive: true, force: true });
  console.log(isThere ? `removed ${shownPath(bindingFolder)}` : `There is no ${shownPath(bindingFolder)}.`);
}
