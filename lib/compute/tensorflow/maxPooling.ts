import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "../simd/corrections/correctMethod";
import { runKernel } from "../simd/corrections/gradientConfigs";
import { gradientDepth } from "../simd/engine/gradientDepth";
import type { SparseGradConfig } from "../simd/engine/patchEngine";
import type { Attribute, NodeBackend } from "./nodeBackend";
import { type Call, replaceKernel } from "./replaceKernel";
import { inImage, takesWindow, windowAttributes } from "./windowAttributes";

/** What is read of the attributes of a pooling. */
interface Pooling {
  filterSize: number | number[];
  strides: number | number[];
  pad: string | number;
  dimRoundingMode?: string;
}

/** What a layer hands to its pooling. */
type Given = [x: tf.Tensor, filterSize: number[], strides: number[], pad: string, dataFormat: string];

/** The kernel that gives the maxima, and what oneDNN keeps of them for the gradient. */
const WITH_PLACES = "MaxPoolWithPlaces";

/**
 * Has the gradient of max pooling be that of oneDNN, which wants the places of the maxima as its own pooling gives them. In
 * training a layer keeps these; after any other pooling it is done once more.
 */
export function registerMaxPooling(): void {
  tf.registerKernel({ kernelName: WITH_PLACES, backendName: "tensorflow", kernelFunc: poolWithPlaces });
  tf.registerGradient(gradient);
  replaceKernel("MaxPoolGrad", poolBack);
  correctMethod(layerClass("MaxPooling2D"), "poolingFunction", (original) => {
    return function (this: unknown, ...given: Given) {
      const [x, filterSize, strides, pad] = given;
      if (!isTrained(given)) return original.apply(this, given);
      const [y] = runKernel(WITH_PLACES, { x }, { filterSize, strides, pad }) as unknown as tf.Tensor[];
      return y;
    };
  });
}

/** Whether a gradient of the pooling is asked for, and no gradient of that one. */
function isTrained([x, , , pad, dataFormat]: Given): boolean {
  const isHere = gradientDepth() === 1 && tf.getBackend() === "tensorflow";
  return isHere && dataFormat !== "channelsFirst" && x.rank === 4 && takesWindow(pad, [x]);
}

const gradient: SparseGradConfig = {
  kernelName: WITH_PLACES,
  inputsToSave: ["x"],
  outputsToSave: [true, true],
  missingGradients: true,
  gradFunc(dys, [input, output, places], attrs) {
    const [dy] = dys as tf.Tensor[];
    return { x: () => runKernel("MaxPoolGrad", { dy, input, output, places }, attrs) };
  },
};

function poolWithPlaces({ inputs: { x }, attrs, backend }: Call): tf.Tensor[] {
  const node = backend as NodeBackend;
  return node.executeMultipleOutputs("_MklNativeMaxPool", attributesOf(node, attrs as unknown as Pooling), [x!], 2);
}

function poolBack(call: Call): tf.Tensor | undefined {
  const { dy, input, output, places } = call.inputs as Record<string, tf.Tensor>;
  const pooling = call.attrs as unknown as Pooling;
  if (!takesWindow(pooling.pad, [dy, input]) || (pooling.dimRoundingMode ?? "floor") !== "floor") return undefined;
  const node = call.backend as NodeBackend;
  const pooled = places ? [output, places] : poolWithPlaces({ ...call, inputs: { x: input } });
  const inputs = [input, pooled[0], dy, pooled[1]];
  const dx = node.executeSingleOutput("_MklNativeMaxPoolGrad", attributesOf(node, pooling), inputs);
  if (!places) tf.dispose(pooled);
  return dx;
}

function attributesOf(node: NodeBackend, { filterSize, strides, pad }: Pooling): Attribute[] {
  const lists = { ksize: inImage(filterSize), strides: inImage(strides) };
  const keepsPlaces = { name: "workspace_enabled", type: node.binding.TF_ATTR_BOOL, value: true };
  return [...windowAttributes(node, pad as string, lists), keepsPlaces];
}
