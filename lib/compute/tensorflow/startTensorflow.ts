import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { patchAdam } from "./adam";
import { type Binding, bindingFolder, findBinding } from "./binding";
import { registerGradientKernels } from "./gradientKernels";
import type { NodeBackend } from "./nodeBackend";
import { registerOneDnn } from "./oneDnn";
import { registerOperations } from "./operations";
import { registerRecordedTraining } from "./recorded/recordedTraining";
import { registerSparseCrossentropy } from "./sparseCrossentropy";

/** TensorFlow's own library, in use as the backend `tensorflow`. */
export interface RunningTensorflow {
  /** Which library it is, as "TensorFlow 2.21.0". */
  library: string;
  /** Whether it works on a GPU; else on the CPU. */
  hasGpu: boolean;
}

const load = createRequire(__filename);

/**
 * Makes TensorFlow's own library the backend in use: the one that `npm run native` has built, else tfjs-node-gpu as it
 * comes. It is kept from telling what it uses of the processor, but for a line that comes first. The thread that asks for an
 * operation takes a share of it, unless TF_ONEDNN_THREADPOOL_USE_CALLER_THREAD says otherwise: between short ones waking
 * another thread takes long.
 *
 * @param folder - where `npm run native` builds
 * @throws Error that says why it cannot be had
 */
export async function startTensorflow(folder = bindingFolder): Promise<RunningTensorflow> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_ONEDNN_THREADPOOL_USE_CALLER_THREAD ??= "1";
  restoreIsNullOrUndefined();
  if (!tf.findBackendFactory("tensorflow")) register(findBinding(folder));
  if (!(await tf.setBackend("tensorflow").catch(() => false)))
    throw new Error("TensorFlow.js could not start tensorflow here");
  registerGradientKernels();
  registerOperations();
  registerOneDnn();
  registerSparseCrossentropy();
  patchAdam();
  registerRecordedTraining();
  const { isUsingGpuDevice, binding } = tf.backend() as unknown as NodeBackend;
  return { library: `TensorFlow ${binding.TF_Version}`, hasGpu: isUsingGpuDevice };
}

function register(binding?: Binding): void {
  try {
    if (binding) registerBuilt(binding);
    else registerAsItComes();
  } catch (error) {
    throw new Error(whyNotLoaded(error as NodeJS.ErrnoException, binding), { cause: error });
  }
}

/** The package would say so itself, after a tenth of a second. */
function registerAsItComes(): void {
  const folder = dirname(load.resolve("@tensorflow/tfjs-node-gpu/package.json"));
  if (!existsSync(join(folder, "lib"))) throw new Error("there is no tfjs_binding.node");
  load("@tensorflow/tfjs-node-gpu");
}

/** What the start of tfjs-node does, with our addon: kernels, backend, and files for `model.save`. */
function registerBuilt({ addon }: Binding): void {
  const part = (name: string): unknown => load(`@tensorflow/tfjs-node-gpu/dist/${name}`);
  part("register_all_kernels");
  const { NodeJSKernelBackend } = part("nodejs_kernel_backend") as NodeParts;
  const { nodeFileSystemRouter } = part("io/file_system") as NodeParts;
  const bindings = load(addon) as object;
  tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(bindings, "tfjs-node-gpu"), 3);
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
}

/** What the files of tfjs-node export, of which it has no types here. */
interface NodeParts {
  NodeJSKernelBackend: new (bindings: object, packageName: string) => tf.KernelBackend;
  nodeFileSystemRouter: (url: string | string[]) => tf.io.IOHandler;
}

/** Node 23 dropped a function that tfjs-node 4.22.0 still calls (tensorflow/tfjs issue 8609). */
function restoreIsNullOrUndefined(): void {
  const util = load("node:util") as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

function whyNotLoaded(error: NodeJS.ErrnoException, binding?: Binding): string {
  if (error.code === "MODULE_NOT_FOUND") return "tfjs-node-gpu is not installed";
  if (!binding && error.message.includes("tfjs_binding.node")) return "tfjs-node-gpu is without its native library";
  const what = binding ? `TensorFlow ${binding.tensorflow}, built by npm run native,` : "tfjs-node-gpu";
  return `${what} does not load (${error.message.split("\n")[0]})`;
}
