import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dropoutOnCpu } from "../kernels/dropout";

/** What is read of a layer, which TensorFlow.js does not declare. */
interface Layer {
  rate: number;
  seed?: number;
  getNoiseShape(input: Tensor): number[] | null | undefined;
  invokeCallHook(inputs: unknown, kwargs: unknown): void;
}

let isDone = false;

/**
 * Has the layer `dropout`, and its kin that drop whole channels, be one operation in training on `simd` and on `cpu`:
 * TensorFlow.js draws each number with an operation of its own. With a seed the numbers follow from it and from how often the
 * layer has dropped, else from two draws of TensorFlow.js' own; they are the same on either backend and on any number of threads.
 */
export function registerFusedDropout(): void {
  if (isDone) return;
  isDone = true;
  tf.registerKernel({ kernelName: "Dropout", backendName: "cpu", kernelFunc: dropoutOnCpu });
  tf.registerGradient({
    kernelName: "Dropout",
    gradFunc: (dy, _, attrs) => ({ x: () => tf.engine().runKernel("Dropout", { x: dy as Tensor }, attrs) as Tensor }),
  });
  const { prototype } = tf.layers.dropout({ rate: 0.5 }).constructor as { prototype: tf.layers.Layer };
  const original = prototype.call;
  const drawn = new WeakMap<object, number>();
  prototype.call = function (this: tf.layers.Layer, inputs, kwargs) {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const layer = this as unknown as Layer;
    if (!kwargs?.training || !takes(layer, x)) return original.call(this, inputs, kwargs);
    const times = drawn.get(this) ?? 0;
    drawn.set(this, times + 1);
    return tf.tidy(() => {
      layer.invokeCallHook(inputs, kwargs);
      return drop(x, layer, typeof layer.seed === "number" ? [layer.seed, times] : undefined);
    });
  };
}

function takes({ rate }: Layer, x: Tensor): boolean {
  return rate > 0 && rate < 1 && x.dtype === "float32" && Boolean(tf.getKernel("Dropout", tf.getBackend()));
}

function drop(x: Tensor, layer: Layer, key?: [number, number]): Tensor {
  const shape = layer.getNoiseShape(x);
  return shape ? tf.mul(x, dropped(tf.ones(shape), layer.rate, key)) : dropped(x, layer.rate, key);
}

/** Zeros in the place of a share of the numbers, the rest divided by 1 - rate. */
export function dropped(x: Tensor, rate: number, key: [number, number] = [someBits(), someBits()]): Tensor {
  return tf.engine().runKernel("Dropout", { x }, { rate, key }) as Tensor;
}

function someBits(): number {
  return Math.floor(tf.util.randUniform(0, 2 ** 32));
}
