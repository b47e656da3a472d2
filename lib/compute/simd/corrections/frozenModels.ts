import * as tf from "@tensorflow/tfjs";

/** A model or layer, with what its types do not tell. */
interface Frozen {
  trainable_: boolean;
  layers: { trainable: boolean }[];
}

let isDone = false;

/**
 * Has a model that is set to `trainable = false` stay as it is when it is part of another one. TensorFlow.js takes a
 * model's layers into the net that it is put in, where each counts by itself, and unfreezes all of them as that net is
 * built; so a frozen base went on learning. As in Keras the setting now reaches every layer inside, however deep, and
 * building a net changes none.
 *
 * @throws Error when the classes are not the ones that are known
 */
export function correctFrozenModels(): void {
  if (isDone) return;
  isDone = true;
  const sequential = tf.Sequential.prototype as unknown as { build: (...given: unknown[]) => unknown };
  const container = containerOf(tf.LayersModel.prototype);
  const own = Object.getOwnPropertyDescriptor(container, "trainable")!;
  let building = 0;

  const build = sequential.build;
  sequential.build = function (...given) {
    building++;
    try {
      return build.apply(this, given);
    } finally {
      building--;
    }
  };
  Object.defineProperty(container, "trainable", {
    ...own,
    set(this: Frozen, trainable: boolean) {
      this.trainable_ = trainable;
      if (building === 0) for (const layer of this.layers) layer.trainable = trainable;
    },
  });
}

/** The class of all models that holds the setting. */
function containerOf(prototype: object): object {
  for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.getOwnPropertyDescriptor(at, "trainable")?.set) return at;
  throw new Error("models of TensorFlow.js have no trainable setting: this backend wants @tensorflow/tfjs-layers 4.22");
}
