import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs-core";
import { correctMethod, layerClass } from "../corrections/correctMethod";
import { dropoutOnCpu } from "../kernels/dropout";
import type { Kwargs } from "./fuseCall";

/** What is read of a layer, which TensorFlow.js does not declare. */
interface Layer {
  rate: number;
  seed?: number;
  getNoiseShape(input: Tensor): number[] | null | undefined;
  invokeCallHook(inputs: unknown, kwargs: unknown): void;
}

let isDone = false;

/** How often each layer has dropped. */
const drawn = new WeakMap<Layer, number>();

/**
 * Has the layer `dropout`, and its kin that drop whole channels, be one operation in training on `simd` and on `cpu`:
 * TensorFlow.js draws each number with an operation of its own. With a seed the numbers follow from it and from how often the
 * layer has dropped, else from two draws of TensorFlow.js' own; they are the same on either backend and on any number of
 * threads. On other backends too a layer with a seed draws anew in each step, where TensorFlow.js drops the same units in every
 * one, so that they are never trained.
 */
export function registerFusedDropout(): void {
  if (isDone) return;
  isDone = true;
  tf.registerKernel({ kernelName: "Dropout", backendName: "cpu", kernelFunc: dropoutOnCpu });
  tf.registerGradient({
    kernelName: "Dropout",
    gradFunc: (dy, _, attrs) => ({ x: () => tf.engine().runKernel("Dropout", { x: dy as Tensor }, attrs) as Tensor }),
  });
  correctMethod(layerClass("Dropout"), "call", (original) => {
    return function (this: Layer, inputs: Tensor | Tensor[], kwargs: Kwargs = {}) {
      if (!kwargs.training) return original.call(this, inputs, kwargs);
      const [x] = [inputs].flat();
      const times = drawn.get(this) ?? 0;
      drawn.set(this, times + 1);
      if (!takes(this, x)) return reseeded(this, times, () => original.call(this, inputs, kwargs) as Tensor);
      return tf.tidy(() => {
        this.invokeCallHook(inputs, kwargs);
        return drop(x, this, typeof this.seed === "number" ? [this.seed, times] : undefined);
      });
    };
  });
}

/** How often each layer of a model has dropped so far, in the order of the layers: what their next draws depend on. */
export function dropsOf(model: tf.LayersModel): number[] {
  return layersThatDrop(model).map((layer) => drawn.get(layer) ?? 0);
}

/** Has the layers of a model go on as if they had dropped so often. */
export function setDrops(model: tf.LayersModel, times: readonly number[]): void {
  layersThatDrop(model).forEach((layer, i) => drawn.set(layer, times[i] ?? 0));
}

function layersThatDrop({ layers }: tf.LayersModel): Layer[] {
  const dropout = layerClass("Dropout") as unknown as abstract new () => unknown;
  return layers.flatMap((layer) => {
    if (layer instanceof tf.LayersModel) return layersThatDrop(layer);
    return layer instanceof dropout ? [layer as unknown as Layer] : [];
  });
}

/** Drops by the layer's seed and how often it has dropped. */
function reseeded(layer: Layer, times: number, call: () => Tensor): Tensor {
  const { seed } = layer;
  if (typeof seed !== "number") return call();
  layer.seed = seed + times;
  try {
    return call();
  } finally {
    layer.seed = seed;
  }
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
