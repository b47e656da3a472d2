import * as tf from "@tensorflow/tfjs-core";
import { floatBits } from "./floatBits";
import { SimdBackend } from "./SimdBackend";

/** Gradients as TensorFlow.js hands them to an optimizer: by variable name, or a list with names. */
type Gradients = Parameters<tf.Optimizer["applyGradients"]>[0];

/** A weight to update: its variable, where it lies, where its gradient lies. */
interface Update {
  variable: tf.Variable;
  value: number;
  gradient: number;
  /** Its place among the optimizer's slots. */
  index: number;
}

/** What an optimizer remembers of a weight, as TensorFlow.js holds it. */
interface Slot {
  originalName: string;
  variable: tf.Variable;
}

/** The numbers of an optimizer that TensorFlow.js declares as protected. */
interface Inner {
  learningRate: number;
  momentum: number;
  decay: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  useNesterov: boolean;
  centered: boolean;
  m: tf.Scalar;
  accumulations: Slot[];
  accumulatedMeanSquares: Slot[];
  accumulatedMoments: Slot[];
  accumulatedFirstMoment: Slot[];
  accumulatedSecondMoment: Slot[];
  accBeta1: tf.Variable;
  accBeta2: tf.Variable;
  incrementIterations(): void;
}

/** Numbers of a chunk: CHUNK in assembly/fill.ts. */
const CHUNK = 16384;

let isDone = false;

/**
 * Has TensorFlow.js' Adam, momentum, RMSProp and SGD update a weight in one pass where the backend in use is `simd`,
 * with what they remember in the variables they keep it in. Elsewhere, and for centered RMSProp, they stay as they are.
 */
export function patchOptimizers(): void {
  if (isDone) return;
  isDone = true;
  patch(tf.SGDOptimizer, updateBySgd);
  patch(tf.MomentumOptimizer, updateByMomentum);
  patch(tf.RMSPropOptimizer, updateByRmsprop, ({ centered }) => !centered);
  patch(tf.AdamOptimizer, updateByAdam);
}

type UpdateAll = (optimizer: Inner, backend: SimdBackend, updates: Update[]) => void;

function patch({ prototype }: { prototype: tf.Optimizer }, updateAll: UpdateAll, takes = (_: Inner) => true): void {
  const original = prototype.applyGradients;
  prototype.applyGradients = function (this: tf.Optimizer, gradients: Gradients) {
    const backend = tf.backend();
    const inner = this as unknown as Inner;
    const list = listOf(gradients);
    const isPlain = list.every(({ tensor, variable }) => tensor && [tensor, variable].every(isFloat) && alike(tensor, variable)); // prettier-ignore
    if (!(backend instanceof SimdBackend) || !takes(inner) || !isPlain) return original.call(this, gradients);
    const updates = list.map(({ variable, tensor }, index) => {
      return { variable, value: ownAddress(backend, variable), gradient: backend.address(tensor), index };
    });
    updateAll(inner, backend, updates);
    inner.incrementIterations();
  };
}

function isFloat({ dtype }: tf.Tensor): boolean {
  return dtype === "float32";
}

/** TensorFlow.js spreads a gradient that is not; the passes here do not. */
function alike(one: tf.Tensor, other: tf.Tensor): boolean {
  return tf.util.arraysEqual(one.shape, other.shape);
}

function listOf(gradients: Gradients): { variable: tf.Variable; tensor: tf.Tensor }[] {
  const named = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
  return named.map(({ name, tensor }) => ({ variable: tf.engine().registeredVariables[name], tensor }));
}

/**
 * Where a variable's numbers lie, for writing: they are copied first if another tensor shares them. Asking for the
 * address brings numbers here from another backend, and who shares them is only known then.
 */
export function ownAddress(backend: SimdBackend, variable: tf.Variable): number {
  const address = backend.address(variable);
  if (backend.refCount(variable.dataId) === 1) return address;
  const copy = tf.tensor(variable.dataSync(), variable.shape, variable.dtype);
  variable.assign(copy);
  copy.dispose();
  return backend.address(variable);
}

/**
 * The slot of a weight, of zeros at first, named as TensorFlow.js names it.
 *
 * @throws Error when it is another weight's: an optimizer knows weights by their place in the list only
 */
function slotOf(backend: SimdBackend, slots: Slot[], { variable, index }: Update, name: string): number {
  slots[index] ??= {
    originalName: `${variable.name}/${name}`,
    variable: tf.tidy(() => tf.zerosLike(variable).variable(false)),
  };
  const slot = slots[index].variable;
  if (!alike(slot, variable))
    throw new Error(
      `the optimizer has state for a weight of shape [${slot.shape}], but ${variable.name} has [${variable.shape}]: it ` +
        "was used for other weights before; make a new optimizer for each model, and when you train other layers",
    );
  return ownAddress(backend, slot);
}

function run(backend: SimdBackend, task: string, { size }: tf.Variable, parameters: number[]): void {
  if (size > 0) backend.run(task, Math.ceil(size / CHUNK), parameters);
}

function updateBySgd({ learningRate }: Inner, backend: SimdBackend, updates: Update[]): void {
  for (const { variable, value, gradient } of updates)
    run(backend, "sgdUpdate", variable, [value, gradient, variable.size, floatBits(-learningRate)]);
}

function updateByMomentum(optimizer: Inner, backend: SimdBackend, updates: Update[]): void {
  const { learningRate, m, accumulations, useNesterov } = optimizer;
  const numbers = [floatBits(-learningRate), floatBits(m.dataSync()[0]), Number(useNesterov)];
  for (const update of updates) {
    const { variable, value, gradient } = update;
    const sums = slotOf(backend, accumulations, update, "momentum");
    run(backend, "momentumUpdate", variable, [value, gradient, sums, variable.size, ...numbers]);
  }
}

function updateByRmsprop(optimizer: Inner, backend: SimdBackend, updates: Update[]): void {
  const { learningRate, decay, momentum, epsilon, accumulatedMeanSquares, accumulatedMoments } = optimizer;
  const numbers = [learningRate, decay, 1 - decay, momentum, epsilon].map(floatBits);
  for (const update of updates) {
    const { variable, value, gradient } = update;
    const squares = slotOf(backend, accumulatedMeanSquares, update, "rms");
    const sums = slotOf(backend, accumulatedMoments, update, "momentum");
    run(backend, "rmspropUpdate", variable, [value, gradient, squares, sums, variable.size, ...numbers]);
  }
}

function updateByAdam(optimizer: Inner, backend: SimdBackend, updates: Update[]): void {
  const { learningRate, beta1, beta2, epsilon, accBeta1, accBeta2 } = optimizer;
  const corrections = [accBeta1, accBeta2].map((power) => 1 / (1 - power.dataSync()[0]));
  const numbers = [learningRate, beta1, 1 - beta1, beta2, 1 - beta2, ...corrections, epsilon].map(floatBits);
  for (const update of updates) {
    const { variable, value, gradient } = update;
    const firsts = slotOf(backend, optimizer.accumulatedFirstMoment, update, "m");
    const seconds = slotOf(backend, optimizer.accumulatedSecondMoment, update, "v");
    run(backend, "adamUpdate", variable, [value, gradient, firsts, seconds, variable.size, ...numbers]);
  }
  tf.tidy(() => {
    accBeta1.assign(tf.mul(accBeta1, beta1));
    accBeta2.assign(tf.mul(accBeta2, beta2));
  });
}
