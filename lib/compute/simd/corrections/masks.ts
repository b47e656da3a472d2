import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";
import { isTensor } from "./innerModel";

/** A tensor with the mask that belongs to it, as TensorFlow.js notes it. */
type Masked = tf.Tensor & { kerasMask?: tf.Tensor };

/** What is read of a layer. */
interface Layer {
  supportsMasking: boolean;
  computeMask(inputs: tf.Tensor[], masks?: (tf.Tensor | null)[]): tf.Tensor | (tf.Tensor | null)[] | null;
}

interface Kwargs {
  mask?: tf.Tensor;
}

/** A model that is running just now. */
interface Run {
  /** How deep the layer is that is called, among layers that call others. */
  depth: number;
  /** The layers whose outputs are the model's. */
  ends: Set<unknown>;
  /** Of the outputs of those layers. */
  masks: Map<unknown, (tf.Tensor | null)[]>;
}

/** A model within a model comes after it. */
const runs: Run[] = [];

/** The layers that join inputs element by element. */
const MERGING = ["Add", "Multiply", "Average", "Maximum", "Minimum"];

/**
 * Has a mask go with the tensor it belongs to, and with no other: TensorFlow.js hands the last mask it has met to all
 * layers after it, also to those whose input has none, and loses it at the border of a model within a model. The mean over
 * steps leaves masked ones out. What a model gives keeps its masks, for its loss and metrics.
 */
export function correctMasks(): void {
  const layer = { className: "Layer", prototype: tf.layers.Layer.prototype };
  correctMethod(layer, "setMaskMetadata", () => () => {}); // done below, knowing the masks of the inputs
  correctMethod(layer, "apply", (original) => {
    return function (this: Layer, inputs: unknown, kwargs?: Kwargs) {
      const list = [inputs].flat();
      if (!list.every(isTensor)) return original.call(this, inputs, kwargs);
      return applyMasked(this, { list, kwargs }, (given) => original.call(this, inputs, given));
    };
  });
  correctMethod(tf.LayersModel, "call", (original) => {
    return function (this: tf.LayersModel, inputs: unknown, kwargs: unknown) {
      return runKeepingMasks(this, () => original.call(this, inputs, kwargs));
    };
  });
  for (const name of ["predictLoop", "execute"])
    correctMethod(tf.LayersModel, name, (original) => {
      return function (this: tf.LayersModel, ...given: unknown[]) {
        return running({ depth: 0, ends: new Set(), masks: new Map() }, () => original.apply(this, given));
      };
    });
  correctMethod(layerClass("GlobalAveragePooling1D"), "call", (original) => {
    return function (this: unknown, inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs) {
      return kwargs?.mask ? maskedMean([inputs].flat()[0], kwargs.mask) : original.call(this, inputs, kwargs);
    };
  });
}

/** The mask of a tensor that a layer gave, if it has one. */
export function maskOf(tensor: tf.Tensor): tf.Tensor | undefined {
  const { kerasMask } = tensor as Masked;
  return kerasMask && !kerasMask.isDisposed ? kerasMask : undefined;
}

/** A mask that the program hands to a layer counts; one that TensorFlow.js hands on does only if it is the input's. */
function applyMasked(
  layer: Layer,
  { list, kwargs }: { list: tf.Tensor[]; kwargs?: Kwargs },
  apply: (kwargs?: Kwargs) => tf.Tensor | tf.Tensor[],
): tf.Tensor | tf.Tensor[] {
  const run = runs.at(-1);
  const masks = list.map((input) => maskOf(input) ?? null);
  const mask = (run?.depth === 0 ? undefined : kwargs?.mask) ?? masks[0] ?? undefined;
  const given = mask === kwargs?.mask ? kwargs : { ...kwargs, mask };
  if (run) run.depth++;
  let output: tf.Tensor | tf.Tensor[];
  try {
    output = apply(given);
  } finally {
    if (run) run.depth--;
  }
  const outputs = [output].flat();
  if (layer.supportsMasking) {
    const found = masksAfter(layer, list, list.length > 1 ? masks : [mask ?? null]);
    outputs.forEach((tensor, at) => Object.assign(tensor, { kerasMask: ownMask(found[at], [mask, ...masks]) }));
  }
  if (run?.depth === 0 && run.ends.has(layer)) run.masks.set(layer, outputs.map(kept));
  return output;
}

/** As in Keras joined inputs are masked where all of them are, and not at all where one has no mask. */
function masksAfter(layer: Layer, inputs: tf.Tensor[], masks: (tf.Tensor | null)[]): (tf.Tensor | null)[] {
  const isMerging = MERGING.includes((layer as unknown as tf.layers.Layer).getClassName());
  if (isMerging && inputs.length > 1)
    return [
      masks.every((mask) => mask) ? (masks as tf.Tensor[]).reduce((one, other) => tf.logicalOr(one, other)) : null,
    ];
  return [layer.computeMask(inputs, masks.some((mask) => mask) ? masks : undefined)].flat();
}

function runKeepingMasks(model: tf.LayersModel, call: () => Masked[]): Masked[] {
  const run: Run = { depth: 0, ends: new Set(model.outputs.map(({ sourceLayer }) => sourceLayer)), masks: new Map() };
  try {
    const outputs = running(run, call);
    outputs.forEach((output, at) => {
      const { sourceLayer, outputTensorIndex } = model.outputs[at];
      const mask = run.masks.get(sourceLayer)?.[outputTensorIndex ?? 0];
      if (mask) output.kerasMask = mask.clone();
    });
    return outputs;
  } finally {
    tf.dispose([...run.masks.values()].flat().filter(isTensor));
  }
}

function running<R>(run: Run, work: () => R): R {
  runs.push(run);
  try {
    return work();
  } finally {
    runs.pop();
  }
}

/** A tensor disposes of its mask when it is disposed of, so that each needs one of its own. */
function ownMask(found: tf.Tensor | null, given: (tf.Tensor | null | undefined)[]): tf.Tensor | undefined {
  return found && given.includes(found) ? found.clone() : (found ?? undefined);
}

/** TensorFlow.js disposes of what a model has made on its way. */
function kept(tensor: tf.Tensor): tf.Tensor | null {
  const mask = maskOf(tensor);
  return mask ? tf.keep(mask.clone()) : null;
}

function maskedMean(input: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const weights = tf.expandDims(tf.cast(mask, "float32"), -1);
    return tf.div(tf.sum(tf.mul(input, weights), 1), tf.sum(weights, 1));
  });
}
