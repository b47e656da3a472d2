import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig } from "@tensorflow/tfjs-core";
import { addGradient, correctGradient, flat } from "./gradientConfigs";

/** Kernels whose result changes in steps, by the names of their inputs. */
const STEPS: Record<string, string[]> = {
  Equal: ["a", "b"],
  NotEqual: ["a", "b"],
  Less: ["a", "b"],
  LessEqual: ["a", "b"],
  Greater: ["a", "b"],
  GreaterEqual: ["a", "b"],
  LogicalAnd: ["a", "b"],
  LogicalOr: ["a", "b"],
  LogicalNot: ["x"],
  All: ["x"],
  Any: ["x"],
  ArgMax: ["x"],
  ArgMin: ["x"],
};

/**
 * Gives comparisons and their kin the gradient zero: a gradient that picks by a comparison, as those of max,
 * clipByValue, leakyRelu and prelu do, had no second one for want of it. Those of floorDiv, and of a cast from float32 to
 * whole numbers or truth values, were as if nothing were cut off.
 */
export function registerFlatGradients(): void {
  for (const [kernelName, names] of Object.entries(STEPS)) {
    if (tf.getGradient(kernelName)) tf.unregisterGradient(kernelName);
    addGradient(zeros(kernelName, names));
  }
  correctGradient("FloorDiv", (own) => ({
    gradFunc: (dy, saved, attrs) => {
      const [a, b] = saved;
      return isFloat(a) && isFloat(b) ? { a: flat(a), b: flat(b) } : own.gradFunc(dy, saved, attrs);
    },
  }));
  correctGradient("Cast", (own) => ({
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => {
      const isCutOff = isFloat(saved[0]) && attrs.dtype !== "float32";
      return isCutOff ? { x: flat(saved[0]) } : own.gradFunc(dy, saved, attrs);
    },
  }));
}

function isFloat({ dtype }: tf.Tensor): boolean {
  return dtype === "float32";
}

function zeros(kernelName: string, names: string[]): GradConfig {
  return {
    kernelName,
    inputsToSave: names,
    gradFunc: (_, saved) => Object.fromEntries(names.map((name, i) => [name, flat(saved[i])])),
  };
}
