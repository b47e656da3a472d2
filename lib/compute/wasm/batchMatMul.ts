import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { runKernel, type KernelArguments } from "./kernel";

type StockKernel = (args: KernelArguments) => tf.TensorInfo;

/** The stock product is ten times slower with a transposed factor than without: so transpose first, then multiply. */
export function batchMatMul(stock: StockKernel): StockKernel {
  return ({ inputs, attrs, backend }) => {
    const a = attrs.transposeA ? transposed(backend, inputs.a) : inputs.a;
    const b = attrs.transposeB ? transposed(backend, inputs.b) : inputs.b;
    const product = stock({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend });
    if (a !== inputs.a) backend.disposeData(a.dataId);
    if (b !== inputs.b) backend.disposeData(b.dataId);
    return product;
  };
}

function transposed(backend: BackendWasm, x: tf.TensorInfo): tf.TensorInfo {
  const perm = x.shape.map((_, axis) => axis);
  const last = perm.length - 1;
  [perm[last - 1], perm[last]] = [perm[last], perm[last - 1]];
  return runKernel("Transpose", backend, { x }, { perm });
}
