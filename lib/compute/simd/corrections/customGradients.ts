import * as tf from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import { convolutionGradients, depthwiseGradients, isPlain } from "./convolutionGradients";
import { unbroadcast } from "./gradientConfigs";

type Save = (tensors: Tensor[]) => void;

/** What a function given to `tf.customGrad` returns. */
interface Custom {
  value: Tensor;
  gradFunc(dy: Tensor, saved: Tensor[]): Tensor | Tensor[];
}

type Forward = (...inputsAndSave: (Tensor | Save)[]) => Custom;

/** The part of TensorFlow.js' engine that runs functions with gradients of their own. */
interface CustomEngine {
  state: { gradientDepth: number; activeScope: { name: string } | null };
  customGrad(forward: Forward): (...inputs: Tensor[]) => Tensor;
  runKernel(name: string, inputs: object, attrs?: NamedAttrMap): unknown;
}

/**
 * Lets functions with gradients of their own (`tf.customGrad`) be differentiated twice: softmaxCrossEntropy, logSigmoid,
 * the fused operations, and those that a program defines. What such a function has reckoned on its way and saved is not on
 * the tape, so that a second derivative took it for a constant. Where a gradient is itself being differentiated, the
 * function is run once more, on the tape, from its inputs. So it is where the function saves nothing and goes back to an
 * input that is gone by then, as logSigmoid does. Elsewhere nothing is done beyond what TensorFlow.js does. And the
 * gradients of fused convolutions are put right where they are dilated, or where there is one image without a batch.
 *
 * @throws Error where the engine has no customGrad: it is another version of TensorFlow.js
 */
export function correctCustomGradients(): void {
  const engine = tf.engine() as unknown as CustomEngine;
  const own = engine.customGrad;
  if (typeof own !== "function" || typeof engine.runKernel !== "function")
    throw new Error(
      `cannot put second derivatives right: the engine of TensorFlow.js ${tf.version_core} has no customGrad, and that ` +
        "of 4.22.0 has; install @tensorflow/tfjs 4.22.0",
    );
  engine.customGrad = (forward) => {
    const scope = engine.state.activeScope?.name ?? "";
    if (scope.startsWith("fused")) return own.call(engine, fused(engine, forward));
    return own.call(engine, again(engine, scope.startsWith("softmaxCrossEntropy") ? ofLabels(forward) : forward));
  };
}

/** The function with a gradient that can be differentiated. */
function again(engine: CustomEngine, forward: Forward): Forward {
  return (...given) => {
    const [inputs, save] = [given.slice(0, -1) as Tensor[], given[given.length - 1] as Save];
    const nested = engine.state.gradientDepth > 1;
    let saved: Tensor[] = [];
    const custom = forward(...inputs, (tensors: Tensor[]) => {
      saved = tensors;
      save(nested ? [...tensors, ...inputs] : tensors);
    });
    if (saved.length === 0) save(inputs);
    const isOnTape = saved.every((tensor) => inputs.includes(tensor) || tensor === custom.value);
    const gradFunc = (dy: Tensor, kept: Tensor[]) => {
      const isLost = saved.length === 0 && inputs.some(({ isDisposed }) => isDisposed);
      const isConstant = !isOnTape && engine.state.gradientDepth > 0;
      if (!isLost && !isConstant) return custom.gradFunc(dy, kept.slice(0, saved.length));
      if (kept.length === saved.length) throw new Error(outside());
      return onceMore(forward, dy, kept.slice(saved.length));
    };
    return { value: custom.value, gradFunc };
  };
}

/** Softmax cross-entropy, whose gradient by the labels is minus the logarithm: TensorFlow.js has that by the logits. */
function ofLabels(forward: Forward): Forward {
  return (...given) => {
    const { value, gradFunc } = forward(...given);
    const corrected = (dy: Tensor, saved: Tensor[]) => {
      const [, byLogits] = gradFunc(dy, saved) as Tensor[];
      const [, logarithm] = saved;
      return [tf.mul(tf.expandDims(dy, -1), tf.neg(logarithm)), byLogits];
    };
    return { value, gradFunc: corrected };
  };
}

/** The gradient of the function that is run again, from what was kept of its inputs. */
function onceMore(forward: Forward, dy: Tensor, inputs: Tensor[]): Tensor | Tensor[] {
  let saved: Tensor[] = [];
  const { gradFunc } = forward(...inputs, (tensors: Tensor[]) => (saved = tensors));
  return gradFunc(dy, saved);
}

function outside(): string {
  return (
    "cannot differentiate the gradient of a function made by tf.customGrad: it was run outside of the inner tf.grad, " +
    "so that its inputs were not kept; run it within the function that is given to the inner tf.grad"
  );
}

/** The fused convolutions by the kernel each runs, with the gradients of what it computes. */
const FUSED = { FusedConv2D: convolutionGradients, FusedDepthwiseConv2D: depthwiseGradients };

/** A fused operation; while there is a tape it has no activation. */
function fused(engine: CustomEngine, forward: Forward): Forward {
  return (...given) => {
    const { result, name, attrs } = watchKernels(engine, () => forward(...given));
    if (!name || !attrs || (isPlain(attrs) && result.value.rank === 4)) return result;
    if ((attrs.activation ?? "linear") !== "linear") return result;
    // in the order in which the fused operations save them
    const gradFunc = (dy: Tensor, [filter, x, y, bias]: Tensor[]) => {
      const dy4d = tf.reshape(dy, y.shape);
      const { x: dx, filter: dFilter } = FUSED[name](dy4d, [x, filter], attrs);
      return bias ? [dx(), dFilter(), unbroadcast(dy4d, bias.shape)] : [dx(), dFilter()];
    };
    return { value: result.value, gradFunc };
  };
}

/** Runs a function and tells with which attributes a fused convolution ran in it. */
function watchKernels(engine: CustomEngine, run: () => Custom) {
  const own = engine.runKernel;
  const had = Object.prototype.hasOwnProperty.call(engine, "runKernel");
  const seen: { name?: keyof typeof FUSED; attrs?: NamedAttrMap } = {};
  engine.runKernel = (kernelName, inputs, attrs) => {
    if (kernelName in FUSED) Object.assign(seen, { name: kernelName, attrs });
    return own.call(engine, kernelName, inputs, attrs);
  };
  try {
    const result = run();
    return { result, ...seen };
  } finally {
    if (had) engine.runKernel = own;
    else delete (engine as Partial<CustomEngine>).runKernel;
  }
}
