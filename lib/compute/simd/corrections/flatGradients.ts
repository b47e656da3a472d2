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
  FloorDiv: ["a", "b"],
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
 * clipByValue, leakyRelu and prelu do, had no second one for want of it. Those of floorDiv, and of a cast to whole numbers
 * or truth values, were as if nothing were cut off.
 */
export function registerFlatGradients(): void {
  for (const [kernelName, names] of Object.entries(STEPS)) {
    if (tf.getGradient(kernelName)) tf.unregisterGradient(kernelName);
    addGradient(zeros(kernelName, names));
  }
  correctGradient("Cast", (own) => ({
    gradFunc: (dy, saved, attrs) => {
      const isSteps = attrs.dtype === "int32" || attrs.dtype === "bool";
      return isSteps ? { x: flat(dy as tf.Tensor) } : own.gradFunc(dy, saved, attrs);
    },
  }));
}

function zeros(kernelName: string, names: string[]): GradConfig {
  return {
    kernelName,
    inputsToSave: names,
    gradFunc: (_, saved) => Object.fromEntries(names.map((name, i) => [name, flat(saved[i])])),
  };
}
