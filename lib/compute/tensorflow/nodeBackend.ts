import type { DataType, Tensor, TensorInfo } from "@tensorflow/tfjs";

/** The part of tfjs-node's backend that is used here. */
export interface NodeBackend {
  isUsingGpuDevice: boolean;
  binding: Addon;
  /** Where the numbers of a tensor are: by which number the addon knows them, and how many tensors share them. */
  tensorMap: { get(dataId: object): { id: number; refCount: number } };
  /** The addon's numbers of tensors, which are handed to it where it does not have them yet. */
  getInputTensorIds(tensors: TensorInfo[]): number[];
  /** TensorFlow's number of a type. */
  getDTypeInteger(dtype: DataType): number;
  /** A tensor of TensorFlow.js for a new one of the addon. */
  createOutputTensor(tensor: TensorNumber): Tensor;
  /** Runs one of TensorFlow's operations. */
  executeSingleOutput(name: string, attributes: Attribute[], inputs: TensorInfo[]): Tensor;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: TensorInfo[], count: number): Tensor[];
  /** Runs an activation by its name; gives the tensor itself where there is none. */
  applyActivation(x: Tensor, activation?: string, preluWeights?: Tensor, leakyreluAlpha?: number): Tensor;
}

type Numbers = Record<
  | "TF_FLOAT"
  | "TF_INT32"
  | "TF_INT64"
  | "TF_BOOL"
  | "TF_ATTR_TYPE"
  | "TF_ATTR_SHAPE"
  | "TF_ATTR_STRING"
  | "TF_ATTR_BOOL"
  | "TF_ATTR_FLOAT"
  | "TF_ATTR_INT",
  number
>;

/** The addon: TensorFlow's version, the numbers of its types, and operations on tensors that it knows by number. */
export interface Addon extends Numbers {
  TF_Version: string;
  executeOp(name: string, attributes: Attribute[], inputs: number[], count: number): TensorNumber[];
  createTensor(shape: number[], dtype: number, values: ArrayLike<number>): number;
  tensorDataSync(id: number): ArrayLike<number>;
  deleteTensor(id: number): void;
  /** Reads a graph from a folder, where it lies as TensorFlow's SavedModel; gives its number. */
  loadSavedModel(folder: string, tags: string): number;
  /** Runs a graph; names of inputs and outputs are joined by commas. */
  runSavedModel(graph: number, inputs: number[], inputNames: string, outputNames: string): TensorNumber[];
  deleteSavedModel(graph: number): void;
}

/** A new tensor of the addon: its number, and what it is. */
export interface TensorNumber {
  id: number;
  shape: number[];
  dtype: number;
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
