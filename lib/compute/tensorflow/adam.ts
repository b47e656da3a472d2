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

/** A weight with its moments, and what ResourceApplyAdam takes beside them. */
interface Update {
  variables: tf.Variable[];
  inputs: tf.Tensor[];
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
  const small = tf.mul(epsilon, tf.sqrt(tf.sub(1, accBeta2)));
  const [rate, first, second] = [learningRate, beta1, beta2].map((value) => tf.scalar(value));
  const numbers = [accBeta1, accBeta2, rate, first, second, small];
  const updates = list.map(({ variable, tensor }, i) => {
    const moments = [slotOf(adam.accumulatedFirstMoment, i, variable, "m"), slotOf(adam.accumulatedSecondMoment, i, variable, "v")]; // prettier-ignore
    return { variables: [variable, ...moments], inputs: [...numbers, tensor] };
  });
  withHandles((handles) => updates.forEach((given) => update(given, handles)));
  accBeta1.assign(tf.mul(accBeta1, first));
  accBeta2.assign(tf.mul(accBeta2, second));
}

/** The slot of a weight, of zeros at first, named as TensorFlow.js names it. */
function slotOf(slots: Slot[], index: number, weight: tf.Variable, name: string): tf.Variable {
  slots[index] ??= { originalName: `${weight.name}/${name}`, variable: tf.zerosLike(weight).variable(false) };
  return slots[index].variable;
}

/** Three variables of TensorFlow, which end with this call: the addon's numbers of their handles. */
function withHandles(use: (handles: number[]) => void): void {
  const backend = nodeBackend();
  const { binding } = backend;
  const shape = { name: "shape", type: binding.TF_ATTR_SHAPE, value: [] }; // which binds nobody: a weight comes in its own
  const name = { name: "shared_name", type: binding.TF_ATTR_STRING, value: ANONYMOUS };
  const attributes = [floatType(backend, "dtype"), shape, name];
  const handles = [1, 2, 3].map(() => binding.executeOp("VarHandleOp", attributes, [], 1)[0].id);
  try {
    use(handles);
  } finally {
    handles.forEach((handle) => binding.deleteTensor(handle));
  }
}

/**
 * Lends the numbers of a weight and its moments to the variables of TensorFlow, which ResourceApplyAdam takes, and brings them
 * back. Meanwhile nobody else holds them, so that they are changed where they are: TensorFlow copies what others hold, too.
 */
function update({ variables, inputs }: Update, handles: number[]): void {
  const backend = nodeBackend();
  const { binding, tensorMap } = backend;
  const { TF_ATTR_BOOL } = binding;
  const dtype = [floatType(backend, "dtype")];
  const own = variables.map((variable) => tensorMap.get(ownNumbers(variable, backend)));
  backend
    .getInputTensorIds(variables)
    .forEach((id, i) => binding.executeOp("AssignVariableOp", dtype, [handles[i], id], 0));
  const flags = ["use_locking", "use_nesterov"].map((name) => ({ name, type: TF_ATTR_BOOL, value: false }));
  try {
    own.forEach(({ id }) => binding.deleteTensor(id));
    const ids = [...handles, ...backend.getInputTensorIds(inputs)];
    binding.executeOp("ResourceApplyAdam", [floatType(backend, "T"), ...flags], ids, 0);
  } finally {
    own.forEach((numbers, i) => (numbers.id = binding.executeOp("ReadVariableOp", dtype, [handles[i]], 1)[0].id));
  }
}

/** The place of a variable's numbers, once no other tensor shares it. */
function ownNumbers(variable: tf.Variable, backend: NodeBackend): object {
  const isShared = backend.tensorMap.get(variable.dataId).refCount > 1;
  if (isShared) variable.assign(backend.executeSingleOutput("Identity", [floatType(backend, "T")], [variable]));
  return variable.dataId;
}

function nodeBackend(): NodeBackend {
  return tf.backend() as unknown as NodeBackend;
}
