import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass, type LayerClass } from "./correctMethod";

interface Activation {
  apply(x: tf.Tensor): tf.Tensor;
}

interface Weight {
  read(): tf.Tensor2D;
}

/** What is read of a cell of gated recurrent units. */
interface Cell {
  kernel: Weight;
  recurrentKernel: Weight;
  bias: Weight | null;
  activation: Activation;
  recurrentActivation: Activation;
  dropout: number;
  recurrentDropout: number;
  /** The layer disposes of both before it goes through a sequence. */
  dropoutMask: tf.Tensor | null;
  recurrentDropoutMask: tf.Tensor | null;
  addWeight(name: string, shape: number[], ...rest: unknown[]): unknown;
  build(inputShape: tf.Shape): void;
  call(inputs: tf.Tensor2D[], kwargs?: { training?: boolean }): tf.Tensor[];
  getConfig(): object;
}

type CellClass = new (...given: unknown[]) => Cell;

type Options = { resetAfter?: boolean } & Record<string, unknown>;

/** The class of a layer that makes itself of what was saved of it. */
type SavedClass = LayerClass & { fromConfig(type: unknown, options: Options, ...rest: unknown[]): object };

/**
 * Has `gru` and `gruCell` take `resetAfter`, which TensorFlow.js refuses: the reset gate acts after the product with the
 * recurrent kernel, as in models of Keras by default. In a bundle of ES modules, whose exports cannot be changed, only saved
 * models have it.
 */
export function correctGruResetAfter(): void {
  const cell = layerClass("GRUCell");
  for (const name of ["gru", "gruCell"])
    if (Object.getOwnPropertyDescriptor(tf.layers, name)?.writable)
      correctMethod({ className: "layers", prototype: tf.layers }, name, (original) => {
        return ({ resetAfter, ...options }: Options) => marked(original(options), resetAfter);
      });
  for (const saved of [cell, layerClass("GRU")] as SavedClass[])
    correctMethod({ className: saved.className, prototype: saved }, "fromConfig", (original) => {
      return function (this: unknown, type: unknown, { resetAfter, ...options }: Options, ...rest: unknown[]) {
        return marked(original.call(this, type, options, ...rest), resetAfter);
      };
    });
}

/** The cell does the work; it becomes one of a class of its own, so that no pass for other cells takes it. */
function marked<T extends object>(layer: T, resetAfter?: boolean): T {
  if (resetAfter) Object.setPrototypeOf("cell" in layer ? (layer.cell as object) : layer, resetAfterCell());
  return layer;
}

let prototype: object | undefined;

function resetAfterCell(): object {
  return (prototype ??= makeClass(layerClass("GRUCell") as unknown as CellClass).prototype);
}

function makeClass(Base: CellClass) {
  return class ResetAfterGRUCell extends Base {
    override build(inputShape: tf.Shape): void {
      const own = this.addWeight.bind(this);
      this.addWeight = (name, shape, ...rest) => own(name, name === "bias" ? [2, ...shape] : shape, ...rest);
      super.build(inputShape);
      this.addWeight = own;
    }

    override call(inputs: tf.Tensor2D[], kwargs: { training?: boolean } = {}): tf.Tensor[] {
      return tf.tidy(() => step(this, inputs, kwargs.training ?? false));
    }

    override getConfig(): object {
      return { ...super.getConfig(), resetAfter: true };
    }
  };
}

function step(cell: Cell, [x, h]: tf.Tensor2D[], training: boolean): tf.Tensor[] {
  if (training && cell.dropout > 0) cell.dropoutMask ??= maskLike(x, cell.dropout);
  if (training && cell.recurrentDropout > 0) cell.recurrentDropoutMask ??= maskLike(h, cell.recurrentDropout);
  const [input, state] = [dropped(x, cell.dropoutMask), dropped(h, cell.recurrentDropoutMask)];
  const [inner, outer] = cell.bias ? tf.unstack(cell.bias.read()) : [null, null];
  const [xz, xr, xh] = tf.split(product(input, cell.kernel, inner), 3, -1);
  const [hz, hr, hh] = tf.split(product(state, cell.recurrentKernel, outer), 3, -1);
  const keep = cell.recurrentActivation.apply(tf.add(xz, hz));
  const reset = cell.recurrentActivation.apply(tf.add(xr, hr));
  const fresh = cell.activation.apply(tf.add(xh, tf.mul(reset, hh)));
  const next = tf.add(tf.mul(keep, state), tf.mul(tf.sub(1, keep), fresh));
  return [next, next];
}

function product(x: tf.Tensor2D, kernel: Weight, bias: tf.Tensor | null): tf.Tensor {
  const product = tf.matMul(x, kernel.read());
  return bias ? tf.add(product, bias) : product;
}

function maskLike(x: tf.Tensor, rate: number): tf.Tensor {
  return tf.keep(tf.dropout(tf.onesLike(x), rate));
}

function dropped(x: tf.Tensor2D, mask: tf.Tensor | null): tf.Tensor2D {
  return mask ? tf.mul(x, mask) : x;
}
