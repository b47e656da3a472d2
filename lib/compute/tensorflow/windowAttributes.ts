import { type TensorInfo, util } from "@tensorflow/tfjs";
import { type Attribute, floatType, type NodeBackend } from "./nodeBackend";

/** By this label TensorFlow finds the kernels of oneDNN. */
const ONE_DNN = "MklNameChangeOp";

/**
 * The attributes of an operation of oneDNN that moves a window over images of float32, channels last.
 *
 * @param padding - "valid" or "same"
 * @param lists - the others, by name
 */
export function windowAttributes(node: NodeBackend, padding: string, lists: Record<string, number[]>): Attribute[] {
  const { TF_ATTR_INT, TF_ATTR_STRING } = node.binding;
  return [
    floatType(node, "T"),
    ...Object.entries(lists).map(([name, value]) => ({ name, type: TF_ATTR_INT, value })),
    { name: "padding", type: TF_ATTR_STRING, value: padding.toUpperCase() },
    { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
    { name: "_kernel", type: TF_ATTR_STRING, value: ONE_DNN },
  ];
}

/** Whether an operation of oneDNN takes these tensors: float32 and not empty, with a padding that has a name. */
export function takesWindow(padding: unknown, tensors: TensorInfo[]): boolean {
  const isFilled = ({ shape, dtype }: TensorInfo) => dtype === "float32" && util.sizeFromShape(shape) > 0;
  return (padding === "valid" || padding === "same") && tensors.every(isFilled);
}

/** A size in each dimension of a batch of images. */
export function inImage(size: number | number[]): number[] {
  const [down, across = down] = [size].flat();
  return [1, down, across, 1];
}
