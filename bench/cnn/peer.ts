import { pythonEnvironment } from "../../lib/python/pythonEnvironment";

/** Keras 3 on TensorFlow in an environment of its own; only on Linux has TensorFlow a smaller package for the CPU. */
export function kerasPython(): string {
  const tensorflow = process.platform === "linux" ? "tensorflow-cpu" : "tensorflow";
  return pythonEnvironment("keras", { installs: [[`${tensorflow}==2.21.0`, "keras==3.15.1"]] });
}
