import type { Tensor, TensorInfo } from "@tensorflow/tfjs";

/** The part of tfjs-node's backend that is used here. */
export interface NodeBackend {
  isUsingGpuDevice: boolean;
  /** The addon: TensorFlow's version and the numbers of its types. */
  binding: { TF_Version: string } & Record<
    "TF_FLOAT" | "TF_ATTR_TYPE" | "TF_ATTR_SHAPE" | "TF_ATTR_STRING" | "TF_ATTR_BOOL" | "TF_ATTR_FLOAT",
    number
  >;
  /** Runs one of TensorFlow's operations. */
  executeSingleOutput(name: string, attributes: Attribute[], inputs: TensorInfo[]): Tensor;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: TensorInfo[], count: number): Tensor[];
}

/** An attribute of an operation, its type one of TF_ATTR_…. */
export interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

/** The attribute that says that an operation is of float32. */
export function floatType({ binding }: NodeBackend, name: string): Attribute {
  return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}
