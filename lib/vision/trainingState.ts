import * as tf from "@tensorflow/tfjs";
import { dropsOf, setDrops } from "../compute/simd/fused/dropout";
import type { Tensors } from "./checkpoint";

/** An optimizer's running means, one for each trained weight, as TensorFlow.js holds them. */
interface Slot {
  originalName: string;
  variable: tf.Variable;
}

/**
 * The model's weights, all that its optimizer remembers (for Adam both moments and the powers of its betas), and how often its
 * layers have dropped.
 */
export async function captureState(model: tf.LayersModel): Promise<Tensors> {
  const tensors: Tensors = {};
  for (const [name, tensor] of stateOf(model))
    tensors[name] = { shape: tensor.shape, values: Float32Array.from(await tensor.data()) };
  const drops = dropsOf(model);
  if (drops.length > 0) tensors.drops = { shape: [drops.length], values: Float32Array.from(drops) };
  return tensors;
}

/** The tensors of which the state is, each with its name. */
function stateOf(model: tf.LayersModel): [string, tf.Tensor][] {
  const tensors = model.getWeights().map((weight, i): [string, tf.Tensor] => [`weight ${i}`, weight]);
  for (const [property, value] of Object.entries(model.optimizer)) {
    if (value instanceof tf.Variable) tensors.push([`optimizer ${property}`, value]);
    if (isSlots(value)) value.forEach(({ variable }, i) => tensors.push([`optimizer ${property} ${i}`, variable]));
  }
  return tensors;
}

/** Puts back what `captureState` took from a model of the same architecture and optimizer. */
export function restoreState(model: tf.LayersModel, tensors: Tensors): void {
  setDrops(model, Array.from(tensors.drops?.values ?? []));
  tf.tidy(() => {
    model.setWeights(model.getWeights().map((weight, i) => tensor(tensors, `weight ${i}`, weight.shape)));
    for (const [property, value] of Object.entries(model.optimizer)) {
      if (value instanceof tf.Variable) value.assign(tensor(tensors, `optimizer ${property}`, value.shape));
      if (isSlots(value)) restoreSlots(value, tensors, `optimizer ${property}`);
    }
  });
}

/** TensorFlow.js makes the slots at the first step; a fresh optimizer gets them here instead. */
function restoreSlots(slots: Slot[], tensors: Tensors, name: string): void {
  slots.forEach(({ variable }) => variable.dispose());
  slots.length = 0;
  for (let i = 0; `${name} ${i}` in tensors; i++) {
    const variable = tf.variable(tensor(tensors, `${name} ${i}`), false);
    slots.push({ originalName: `${name} ${i}`, variable });
  }
}

function isSlots(value: unknown): value is Slot[] {
  return Array.isArray(value) && value.every((slot) => slot?.variable instanceof tf.Variable);
}

function tensor(tensors: Tensors, name: string, wanted?: number[]): tf.Tensor {
  const found = tensors[name];
  if (!found) throw new RangeError(`restoreState(): the checkpoint has no ${name}; train with fresh: true`);
  if (wanted && !tf.util.arraysEqual(found.shape, wanted))
    throw new TypeError(
      `restoreState(): ${name} has shape [${found.shape}], the model wants [${wanted}]; train with fresh: true`,
    );
  return tf.tensor(found.values, found.shape);
}
