import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { batchMatMul } from "./batchMatMul";
import { conv2DBackpropFilter } from "./conv2DBackpropFilter";
import { conv2DBackpropInput } from "./conv2DBackpropInput";
import type { KernelArguments } from "./kernel";
import { maxPoolGrad } from "./maxPoolGrad";
import { sum } from "./sum";

type Kernel = (args: KernelArguments) => tf.TensorInfo;

let registered = false;

/**
 * Makes the stock wasm backend able to train convolutional nets: registers the gradient it lacks and puts faster forms
 * in the place of four slow kernels. Calling it again does nothing.
 */
export function registerTraining(): void {
  if (registered) return;
  registered = true;
  replace("Conv2DBackpropFilter", () => conv2DBackpropFilter);
  replace("Conv2DBackpropInput", conv2DBackpropInput);
  replace("MaxPoolGrad", () => maxPoolGrad);
  replace("BatchMatMul", batchMatMul);
  replace("Sum", sum);
}

function replace(kernelName: string, make: (stock: Kernel) => Kernel): void {
  const stock = tf.getKernel(kernelName, "wasm");
  if (stock) tf.unregisterKernel(kernelName, "wasm");
  const kernel = make(stock?.kernelFunc as unknown as Kernel);
  tf.registerKernel({ ...stock, kernelName, backendName: "wasm", kernelFunc: kernel as unknown as tf.KernelFunc });
}
