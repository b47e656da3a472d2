import * as tf from "@tensorflow/tfjs";
import type { NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import type { SparseGradConfig } from "../engine/patchEngine";
import { COMPILED, MOST_UNITS } from "../kernels/recurrent";
import { SimdBackend } from "../SimdBackend";
import { dropped } from "./dropout";
import { fuseCall, type Kwargs as LayerKwargs } from "./fuseCall";
import { throughReference, type Reference } from "./throughReference";

/** What is read of a cell, which TensorFlow.js declares as private or protected. */
interface Cell {
  getClassName(): string;
  units: number;
  activation: tf.serialization.Serializable;
  recurrentActivation: tf.serialization.Serializable;
  kernel: tf.LayerVariable;
  recurrentKernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  dropout: number;
  recurrentDropout: number;
  /** What drops in the place of TensorFlow.js' own dropout. */
  dropoutFunc?: unknown;
  /** Another product order, which the kernel does not have. */
  resetAfter?: boolean;
}

/** And of a layer. */
interface Layer {
  cell: Cell;
  stateful: boolean;
  states_: Tensor[];
  goBackwards: boolean;
  returnSequences: boolean;
  returnState: boolean;
  resetStates(states: Tensor[], training: boolean): void;
}

/** What a layer is called with beside its inputs. */
interface Kwargs extends LayerKwargs {
  mask?: Tensor | Tensor[] | null;
  initialState?: Tensor[] | null;
}

const KERNELS: Record<string, string> = { LSTMCell: "LstmSequence", GRUCell: "GruSequence" };

/** Inputs of the kernels whose gradients their `…Grad` gives, in its order. */
const LEARNED: Record<string, string[]> = {
  LstmSequence: ["x", "kernel", "recurrent", "bias", "h0", "c0"],
  GruSequence: ["x", "kernel", "recurrent", "bias", "h0"],
};

let isDone = false;

/**
 * Has LSTM and GRU layers go through a whole sequence as one operation, forward and back, where the backend in use is `simd`,
 * within other layers too. Cells of one's own, stacked cells, activations that are not compiled, and a GRU
 * while it drops its state go step by step as before.
 */
export function registerFusedRecurrent(): void {
  if (isDone) return;
  isDone = true;
  for (const name of Object.values(KERNELS)) {
    tf.registerGradient(gradientOf(name));
    tf.registerGradient(
      throughReference(`${name}Grad`, ["dh", "dc", ...inputsOf(name), "hs", "gates", "cs"], backward(name)),
    );
  }
  fuseCall<Layer, Kwargs>("RNN", (layer, x, kwargs) =>
    takes(layer, x, kwargs) ? runSequence(layer, x, kwargs) : null,
  );
}

function takes({ cell }: Layer, x: Tensor, { training }: Kwargs): boolean {
  if (!(tf.backend() instanceof SimdBackend) || x.rank !== 3 || x.dtype !== "float32" || x.shape[1] === 0) return false;
  const plain = cell.getClassName?.() in KERNELS && [classes.LSTMCell, classes.GRUCell].includes(cell.constructor);
  if (!plain || cell.resetAfter || cell.units > MOST_UNITS) return false;
  const dropsState = cell.recurrentDropout > 0 && cell.getClassName() !== "LSTMCell";
  const goesByStep = Boolean(training) && (dropsState || Boolean(cell.dropoutFunc));
  return !goesByStep && [cell.activation, cell.recurrentActivation].every((one) => one.getClassName() in COMPILED);
}

/** The classes of cells: one's own, that extends them, is another. */
const classes: Record<string, unknown> = Object.fromEntries(
  Object.keys(KERNELS).map((name) => [name, tf.serialization.SerializationMap.getMap().classNameMap[name]?.[0]]),
);

function runSequence(layer: Layer, given: Tensor, { mask, initialState, training }: Kwargs): Tensor | Tensor[] {
  const { cell, goBackwards, returnSequences, returnState, stateful } = layer;
  const [h0, c0] = initialState ?? (stateful ? layer.states_ : []); // none are zeros
  const [steps] = [mask].flat();
  const ordered = (tensor: Tensor) => (goBackwards ? tf.reverse(tensor, 1) : tensor);
  const drops = Boolean(training) && cell.dropout > 0 && cell.dropout < 1;
  const x = drops ? dropFeatures(given, cell.dropout) : given;
  const inputs: NamedTensorMap = { x: ordered(x), kernel: cell.kernel.read(), recurrent: cell.recurrentKernel.read() }; // prettier-ignore
  if (h0) inputs.h0 = h0;
  if (c0) inputs.c0 = c0;
  if (cell.bias) inputs.bias = cell.bias.read();
  if (training && cell.recurrentDropout > 0 && cell.recurrentDropout < 1)
    inputs.drop = dropped(tf.ones([given.shape[0], cell.units]), cell.recurrentDropout);
  if (steps) inputs.mask = ordered(tf.cast(tf.reshape(steps, given.shape.slice(0, 2)), "float32"));
  const attrs = {
    activation: cell.activation.getClassName(),
    recurrentActivation: cell.recurrentActivation.getClassName(),
  };
  const [hs, , lastC] = tf.engine().runKernel(KERNELS[cell.getClassName()], inputs, attrs) as unknown as Tensor[];
  const [examples, length, units] = hs.shape;
  const last = tf.reshape(tf.slice(hs, [0, length - 1, 0], [examples, 1, units]), [examples, units]);
  const states = lastC ? [last, lastC] : [last];
  if (stateful) layer.resetStates(states, training ?? false);
  const output = returnSequences ? hs : last;
  return returnState ? [output, ...states] : output;
}

/** The same features dropped in all steps of an example. */
function dropFeatures(x: Tensor, rate: number): Tensor {
  const [examples, , features] = x.shape;
  return tf.mul(x, dropped(tf.ones([examples, 1, features]), rate));
}

function inputsOf(name: string): string[] {
  return [...LEARNED[name], "mask", ...(name === "LstmSequence" ? ["drop"] : [])];
}

/** The gates and the cells serve the way back only; of the cells the last one has a gradient. */
function gradientOf(name: string): SparseGradConfig {
  const isLstm = name === "LstmSequence";
  return {
    kernelName: name,
    inputsToSave: inputsOf(name),
    outputsToSave: [true, true, false, true].slice(0, isLstm ? 4 : 2),
    missingGradients: true,
    gradFunc(dys, saved, attrs) {
      const [dh, , dc] = dys as (Tensor | null)[];
      const count = inputsOf(name).length;
      const inputs = Object.fromEntries(inputsOf(name).map((input, i) => [input, saved[i]]));
      const [hs, gates, cs] = saved.slice(count);
      const given = { ...inputs, hs, gates, ...(cs && { cs }), dh: dh ?? tf.zerosLike(hs), ...(dc && { dc }) };
      const present = Object.fromEntries(Object.entries(given).filter(([, tensor]) => tensor)) as NamedTensorMap;
      const gradients = tf.engine().runKernel(`${name}Grad`, present, attrs) as unknown as Tensor[];
      return {
        ...Object.fromEntries(LEARNED[name].map((input, i) => [input, () => gradients[i]])),
        mask: () => tf.zerosLike(inputs.mask),
        drop: () => tf.zerosLike(inputs.drop),
      };
    },
  };
}

const ACTIVATIONS: Record<string, (x: Tensor) => Tensor> = {
  linear: (x) => x,
  relu: tf.relu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  hardSigmoid: (x) => tf.clipByValue(tf.add(tf.mul(0.2, x), 0.5), 0, 1),
};

/** The states after each step, step by step: what the kernels stand for. */
export function stepByStep(name: string, inputs: (Tensor | undefined)[], attrs: NamedAttrMap): Tensor[] {
  const learned = LEARNED[name];
  const [x, kernel, recurrent, bias] = inputs as Tensor[];
  const zeros = tf.zeros([x.shape[0], recurrent.shape[0]]);
  const h0 = inputs[4] ?? zeros;
  const c0 = name === "LstmSequence" ? (inputs[5] ?? zeros) : undefined;
  const [mask, drop] = inputs.slice(learned.length);
  const [, steps] = x.shape;
  const units = recurrent.shape[0];
  const gate = ACTIVATIONS[attrs.recurrentActivation as string];
  const activate = ACTIVATIONS[attrs.activation as string];
  let [h, c] = [h0, c0];
  const states: Tensor[] = [];
  const at = (tensor: Tensor, step: number) => tf.squeeze(tf.slice(tensor, [0, step, 0], [-1, 1, -1]), [1]);
  for (let step = 0; step < steps; step++) {
    const sum = tf.add(tf.matMul(at(x, step), kernel), bias ?? 0);
    const columns = (tensor: Tensor, first: number, count = 1) => tf.slice(tensor, [0, first * units], [-1, count * units]); // prettier-ignore
    let nextH: Tensor;
    let nextC = c;
    if (name === "LstmSequence") {
      const sums = tf.add(sum, tf.matMul(drop ? tf.mul(h, drop) : h, recurrent));
      const [i, f, o] = [0, 1, 3].map((first) => gate(columns(sums, first)));
      nextC = tf.add(tf.mul(f, c!), tf.mul(i, activate(columns(sums, 2))));
      nextH = tf.mul(o, activate(nextC));
    } else {
      const sums = tf.add(columns(sum, 0, 2), tf.matMul(h, columns(recurrent, 0, 2)));
      const [update, open] = [0, 1].map((first) => gate(columns(sums, first)));
      const candidate = activate(tf.add(columns(sum, 2), tf.matMul(tf.mul(open, h), columns(recurrent, 2))));
      nextH = tf.add(tf.mul(update, h), tf.mul(tf.sub(1, update), candidate));
    }
    const counts = mask && tf.slice(mask, [0, step], [-1, 1]);
    const kept = (next: Tensor, before: Tensor) => counts ? tf.add(tf.mul(counts, next), tf.mul(tf.sub(1, counts), before)) : next; // prettier-ignore
    [h, c] = [kept(nextH, h), c && kept(nextC!, c)];
    states.push(h);
  }
  return [tf.stack(states, 1), ...(c ? [c] : [])];
}

/** States, gates and cells are reckoned again, from the inputs. */
function backward(name: string): Reference {
  return ([dh, dc, ...rest], attrs) => {
    const inputs = rest.slice(0, inputsOf(name).length);
    const given = LEARNED[name].flatMap((_, i) => (inputs[i] ? [i] : []));
    const f = (...xs: Tensor[]) => {
      const all = inputs.map((input, i) => (given.includes(i) ? xs[given.indexOf(i)] : input));
      const [hs, c] = stepByStep(name, all, attrs);
      const ofStates = tf.sum(tf.mul(hs, dh));
      return dc ? tf.add(ofStates, tf.sum(tf.mul(c, dc))) : ofStates;
    };
    const gradients = tf.grads(f)(given.map((i) => inputs[i])); // prettier-ignore
    return LEARNED[name].map((_, i) => gradients[given.indexOf(i)]);
  };
}
