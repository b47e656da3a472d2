import * as tf from "@tensorflow/tfjs";
import type { InnerModel } from "../corrections/innerModel";
import { attachedWeights } from "../corrections/sampleWeight";
import { SimdBackend } from "../SimdBackend";
import { layOutTraining, type TrainingStep } from "./trainingStep";

/** A step that is laid out, and the examples it has room for. */
interface LaidOut {
  step: TrainingStep | null;
  most: number;
}

/** The models that are being fitted just now, each with its step once it has one. */
const fitted = new WeakMap<InnerModel, LaidOut>();

type Method = (this: InnerModel, ...given: unknown[]) => unknown;

let isDone = false;

/**
 * Has plain `model.fit` and `fitDataset` take the laid-out step where a model is of the kind that `layOutTraining` knows, its
 * metrics are none or the accuracy, and no example weighs more than another. What they return, call and record is
 * the same. The step's memory is given back when they end.
 */
export function registerLaidOutFit(): void {
  if (isDone) return;
  isDone = true;
  wrap("makeTrainFunction", (original) => {
    return function () {
      const general = original.call(this) as ReturnType<InnerModel["makeTrainFunction"]>;
      return (data: (tf.Tensor | null)[]) => laidOutStep(this, data) ?? general(data);
    };
  });
  for (const name of ["fit", "fitDataset"])
    wrap(name, (original) => {
      return async function (...given) {
        if (fitted.has(this)) return original.apply(this, given); // it says itself that two at once do not go
        fitted.set(this, { step: null, most: 0 });
        try {
          return await original.apply(this, given);
        } finally {
          fitted.get(this)?.step?.release();
          fitted.delete(this);
        }
      };
    });
}

function wrap(name: string, make: (original: Method) => Method): void {
  const prototype = tf.LayersModel.prototype as unknown as Record<string, Method>;
  prototype[name] = make(prototype[name]);
}

/** One step of the optimizer on a batch, its loss and metrics; null where the model or the batch is not of that kind. */
function laidOutStep(model: InnerModel, data: (tf.Tensor | null)[]): tf.Scalar[] | null {
  const [x, labels, weights] = data as [tf.Tensor, tf.Tensor, tf.Tensor | null | undefined];
  if (weights || data.length > 3 || !takes(model, x, labels)) return null;
  const step = stepFor(model, x.shape[0]);
  if (!step) return null;
  const classes = labels.dataSync();
  const { loss, accuracy } = step.run(x.shape[0], (images, places) => {
    images.set(numbersOf(x));
    places.set(classes);
  });
  const scores = [loss, accuracy].slice(0, model.metricsNames.length);
  return scores.map((score) => tf.keep(tf.scalar(score)));
}

function takes(model: InnerModel, x: tf.Tensor, labels: tf.Tensor): boolean {
  const names = model.metricsNames.join();
  const scored = names === "loss" || (names === "loss,acc" && ["accuracy", "acc"].includes(String(model.metrics)));
  const plain = x?.dtype === "float32" && labels?.size === x.shape[0] && !attachedWeights.has(labels);
  return scored && plain && x.shape[0] > 0 && tf.backend() instanceof SimdBackend;
}

/** The model's step, with room for so many examples; null outside of `fit`, and for a model of another kind. */
function stepFor(model: InnerModel, count: number): TrainingStep | null {
  const held = fitted.get(model);
  if (!held) return null;
  if (count > held.most) {
    held.step?.release();
    fitted.set(model, { step: layOutTraining(model as unknown as tf.LayersModel, count), most: count });
  }
  return fitted.get(model)!.step;
}

function numbersOf(x: tf.Tensor): Float32Array {
  const backend = tf.backend() as SimdBackend;
  return new Float32Array(backend.pool.memory.buffer, backend.address(x), x.size);
}
