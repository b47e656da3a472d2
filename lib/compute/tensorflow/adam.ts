import * as tf from "@tensorflow/tfjs";
import { floatType, type NodeBackend } from "./nodeBackend";

/** What TensorFlow.js' Adam holds and declares as protected. */
interface Inner {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  accumulatedFirstMoment: Slot[];
  accumulatedSecondMoment: Slot[];
  accBeta1: tf.Variable;
  accBeta2: tf.Variable;
  incrementIterations(): void;
}

/** A running mean of a weight, as TensorFlow.js holds it. */
interface Slot {
  originalName: string;
  variable: tf.Variable;
}

/** Gradients as TensorFlow.js hands them to an optimizer: by variable name, or a list with names. */
type Gradients = Parameters<tf.Optimizer["applyGradients"]>[0];

/** By this name TensorFlow makes a variable that nobody else has, and that ends with its handle. */
const ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

let isDone = false;

/**
 * Has TensorFlow.js' Adam (Kingma and Ba, 2015) update a weight and its moments by one operation of TensorFlow where the
 * backend in use is `tensorflow`. The numbers are those of TensorFlow.js, whose small constant is added to the corrected
 * root; TensorFlow adds its own before the correction and is handed it corrected.
 */
export function patchAdam(): void {
  if (isDone) return;
  isDone = true;
  const original = tf.AdamOptimizer.prototype.applyGradients;
  tf.AdamOptimizer.prototype.applyGradients = function (this: tf.AdamOptimizer, gradients: Gradients) {
    const list = listOf(gradients);
    const isPlain = list.every(({ tensor, variable }) => tensor?.dtype === "float32" && tf.util.arraysEqual(tensor.shape, variable.shape)); // prettier-ignore
    if (tf.getBackend() !== "tensorflow" || !isPlain) return original.call(this, gradients as never);
    const inner = this as unknown as Inner;
    tf.tidy(() => updateAll(inner, list));
    inner.incrementIterations();
  };
}

function listOf(gradients: Gradients): { variable: tf.Variable; tensor: tf.Tensor }[] {
  const named = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
  return named.map(({ name, tensor }) => ({ variable: tf.engine().registeredVariables[name], tensor }));
}

function updateAll(adam: Inner, list: { variable: tf.Variable; tensor: tf.Tensor }[]): void {
  const { learningRate, beta1, beta2, epsilon, accBeta1, accBeta2 } = adam;
  const corrected = epsilon * Math.sqrt(1 - accBeta2.dataSync()[0]);
  const [rate, first, second, small] = [learningRate, beta1, beta2, corrected].map((value) => tf.scalar(value));
  const numbers = [accBeta1, accBeta2, rate, first, second, small];
  for (const [i, { variable, tensor }] of list.entries()) {
    const moments = [slotOf(adam.accumulatedFirstMoment, i, variable, "m"), slotOf(adam.accumulatedSecondMoment, i, variable, "v")]; // prettier-ignore
    update([variable, ...moments], [...numbers, tensor]);
  }
  accBeta1.assign(tf.mul(accBeta1, first));
  accBeta2.assign(tf.mul(accBeta2, second));
}

/** The slot of a weight, of zeros at first, named as TensorFlow.js names it. */
function slotOf(slots: Slot[], index: number, weight: tf.Variable, name: string): tf.Variable {
  slots[index] ??= { originalName: `${weight.name}/${name}`, variable: tf.zerosLike(weight).variable(false) };
  return slots[index].variable;
}

/** Lends the numbers of the variables to variables of TensorFlow, which ResourceApplyAdam takes, and brings them back. */
function update(variables: tf.Variable[], inputs: tf.Tensor[]): void {
  const backend = tf.backend() as unknown as NodeBackend;
  const { TF_ATTR_SHAPE, TF_ATTR_STRING, TF_ATTR_BOOL } = backend.binding;
  const dtype = floatType(backend, "dtype");
  const handles = variables.map((variable) => {
    const shape = { name: "shape", type: TF_ATTR_SHAPE, value: variable.shape };
    const own = { name: "shared_name", type: TF_ATTR_STRING, value: ANONYMOUS };
    const handle = backend.executeSingleOutput("VarHandleOp", [dtype, shape, own], []);
    backend.executeMultipleOutputs("AssignVariableOp", [dtype], [handle, variable], 0);
    return handle;
  });
  const flags = ["use_locking", "use_nesterov"].map((name) => ({ name, type: TF_ATTR_BOOL, value: false }));
  backend.executeMultipleOutputs("ResourceApplyAdam", [floatType(backend, "T"), ...flags], [...handles, ...inputs], 0);
  variables.forEach((variable, i) => variable.assign(backend.executeSingleOutput("ReadVariableOp", [dtype], [handles[i]]))); // prettier-ignore
}
