import * as tf from "@tensorflow/tfjs-core";
import type { KernelFunc, NamedAttrMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { einsumKernel } from "../kernels/einsum";
import { correctCpuKernel } from "./gradientConfigs";

/**
 * Puts kernels of the `cpu` backend right: cumsum and cumprod take an axis counted from the end, tensorScatterUpdate leaves
 * the tensor that it is given as it is, einsum sums over every axis that it shall, and stridedSlice gives an empty tensor
 * where nothing is between begin and end.
 */
export function correctCpuKernels(): void {
  for (const name of ["Cumsum", "Cumprod"]) correctCpuKernel(name, alongAnyAxis);
  correctCpuKernel("TensorScatterUpdate", ofCopy);
  correctCpuKernel("StridedSlice", orEmpty);
  correctCpuKernel("Einsum", () => einsumKernel("cpu") as unknown as KernelFunc);
}

function alongAnyAxis(own: KernelFunc): KernelFunc {
  return (call) => {
    const [axis] = tf.util.parseAxisParam((call.attrs as NamedAttrMap).axis as number, (call.inputs.x as Tensor).shape);
    return own({ ...call, attrs: { ...call.attrs, axis } });
  };
}

function ofCopy(own: KernelFunc): KernelFunc {
  return (call) => {
    const { tensor } = call.inputs as Record<string, TensorInfo>;
    const cpu = call.backend as MathBackendCPU;
    const values = cpu.data.get(tensor.dataId).values as Float32Array;
    const copy = cpu.makeTensorInfo(tensor.shape, tensor.dtype, values.slice());
    try {
      return own({ ...call, inputs: { ...call.inputs, tensor: copy } });
    } finally {
      cpu.disposeIntermediateTensorInfo(copy);
    }
  };
}

type Masks = [number[], number[], number[], number, number, number, number, number];

function orEmpty(own: KernelFunc): KernelFunc {
  return (call) => {
    const { x } = call.inputs as Record<string, TensorInfo>;
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = call.attrs ?? {};
    const given = [begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as Masks;
    const { finalShape } = tf.slice_util.sliceInfo(x.shape, ...given);
    if (tf.util.sizeFromShape(finalShape) > 0) return own(call);
    return (call.backend as MathBackendCPU).makeTensorInfo(finalShape, x.dtype, tf.util.getTypedArrayFromDType(x.dtype as "float32", 0)); // prettier-ignore
  };
}
