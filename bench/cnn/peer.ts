import * as path from "node:path";
import { bindingFolder } from "../../lib/compute/tensorflow/binding";
import { pythonEnvironment } from "../../lib/python/pythonEnvironment";

/** Keras 3 on TensorFlow in an environment of its own; only on Linux has TensorFlow a smaller package for the CPU. */
export function kerasPython(): string {
  const tensorflow = process.platform === "linux" ? "tensorflow-cpu" : "tensorflow";
  return pythonEnvironment("keras", { installs: [[`${tensorflow}==2.21.0`, "keras==3.15.1"]], newest: [3, 13] });
}

/** Keras beside the library that `npm run native -- --cuda` has installed, which sees NVIDIA's GPUs. */
export function builtPython(): string {
  return path.join(bindingFolder, "python", "bin", "python");
}
