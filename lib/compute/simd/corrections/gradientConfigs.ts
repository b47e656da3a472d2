import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, KernelConfig, KernelFunc, NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";

/** Runs a kernel by its name, on the backend in use and on the tape. */
export function runKernel(kernelName: string, inputs: Record<string, Tensor>, attrs: object = {}): Tensor {
  return tf.engine().runKernel(kernelName, inputs as NamedTensorMap, attrs as NamedAttrMap) as Tensor;
}

/**
 * Puts a gradient in the place of TensorFlow.js' own.
 *
 * @param correct - makes the new one from the one that is registered now
 * @throws Error where there is none: it is another version of TensorFlow.js
 */
export function correctGradient(kernelName: string, correct: (own: GradConfig) => Partial<GradConfig>): void {
  const own = tf.getGradient(kernelName);
  if (!own)
    throw new Error(
      `cannot put the gradient of ${kernelName} right: TensorFlow.js ${tf.version_core} has none, and 4.22.0 has; ` +
        "install @tensorflow/tfjs 4.22.0",
    );
  tf.unregisterGradient(kernelName);
  tf.registerGradient({ ...own, ...correct(own) });
}

/**
 * Puts a kernel of the `cpu` backend right, and so of those that inherit it.
 *
 * @param correct - makes the new one from the one that is registered now
 * @throws Error where there is none: it is another version of TensorFlow.js
 */
export function correctCpuKernel(kernelName: string, correct: (own: KernelFunc) => KernelFunc): void {
  const own: KernelConfig | undefined = tf.getKernel(kernelName, "cpu");
  if (!own)
    throw new Error(
      `cannot put the kernel ${kernelName} right: the cpu backend of TensorFlow.js ${tf.version_core} has none, and that ` +
        "of 4.22.0 has; install @tensorflow/tfjs-backend-cpu 4.22.0",
    );
  tf.unregisterKernel(kernelName, "cpu");
  tf.registerKernel({ ...own, kernelFunc: correct(own.kernelFunc) });
}

/** Registers a gradient that TensorFlow.js does not have; one that is there stays. */
export function addGradient(config: GradConfig): void {
  if (!tf.getGradient(config.kernelName)) tf.registerGradient(config);
}

/** A gradient of zeros, of a tensor of any type. */
export function flat({ shape }: Tensor): () => Tensor {
  return () => tf.zeros(shape);
}

/** The sum of a gradient over the axes along which its input, of the given shape, was broadcast. */
export function unbroadcast(gradient: Tensor, shape: number[]): Tensor {
  if (tf.util.arraysEqual(gradient.shape, shape)) return gradient;
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, shape);
}
