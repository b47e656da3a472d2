import * as tf from "@tensorflow/tfjs";
import type { Addon, Attribute, NodeBackend } from "../nodeBackend";

/** Where an operation's input comes from. */
export type Source =
  /** One of the tensors that the step is called with. */
  | { kind: "data"; at: number }
  /** What a variable, or another tensor that is there before the step, holds at its beginning. */
  | { kind: "held"; at: number }
  /** Numbers that JavaScript has made in the step. */
  | { kind: "constant"; at: number }
  /** An output of an operation of the step. */
  | { kind: "output"; of: number; at: number };

/** One of TensorFlow's operations. */
export interface Operation {
  name: string;
  attributes: Attribute[];
  inputs: Source[];
}

/** Numbers of one of TensorFlow's types. */
export interface Constant {
  shape: number[];
  dtype: number;
  bytes: Buffer;
}

/** What a step has done. */
export interface Recording {
  operations: Operation[];
  constants: Constant[];
  /** Its results. */
  results: Source[];
  /** The variables, by their places, that hold something else after it. */
  changed: { at: number; source: Source }[];
}

/** Operations whose result does not follow from their inputs alone, or that do something else beside it. */
const IMPURE = /Random|Multinomial|Stateful|Dropout|Summary|Print|Assert|File/;

/**
 * Takes a step and follows what it has TensorFlow do. `held` are the variables, and what else it may use.
 *
 * @returns what the step gives, and what was recorded; null where that is not all: the step has read numbers, used tensors that
 * it was not called with or of which two share their numbers, or made a variable
 */
export function record(
  backend: NodeBackend,
  given: { data: tf.Tensor[]; held: tf.Tensor[] },
  step: () => tf.Scalar[],
): { results: tf.Scalar[]; recording: Recording | null } {
  const { binding } = backend;
  const before = backend.getInputTensorIds(given.held);
  const sources = new Map<number, Source>();
  const shared = new Set<number>();
  const note = (id: number, source: Source) => {
    if (sources.has(id)) shared.add(id);
    sources.set(id, source);
  };
  before.forEach((id, at) => note(id, { kind: "held", at }));
  backend.getInputTensorIds(given.data).forEach((id, at) => note(id, { kind: "data", at }));
  const operations: Operation[] = [];
  const constants: Constant[] = [];
  let isWhole = true;

  const sourceOf = (id: number): Source => {
    const source = sources.get(id);
    if (!source || shared.has(id)) isWhole = false;
    return source ?? { kind: "data", at: 0 };
  };
  const executeOp: Addon["executeOp"] = (name, attributes, inputs, count) => {
    const outputs = binding.executeOp(name, attributes, inputs, count);
    if (IMPURE.test(name)) isWhole = false;
    const of = operations.push({ name, attributes, inputs: inputs.map(sourceOf) }) - 1;
    outputs.forEach(({ id }, at) => sources.set(id, { kind: "output", of, at }));
    return outputs;
  };
  const createTensor: Addon["createTensor"] = (shape, dtype, values) => {
    const id = binding.createTensor(shape, dtype, values);
    const bytes = bytesOf(binding, dtype, values);
    if (!bytes) isWhole = false;
    sources.set(id, { kind: "constant", at: constants.push({ shape, dtype, bytes: bytes ?? Buffer.alloc(0) }) - 1 });
    return id;
  };
  const tensorDataSync: Addon["tensorDataSync"] = (id) => {
    isWhole = false;
    return binding.tensorDataSync(id);
  };

  const known = countVariables();
  backend.binding = Object.create(binding, own({ executeOp, createTensor, tensorDataSync })) as Addon;
  try {
    const results = step();
    const after = backend.getInputTensorIds(given.held);
    const changed = after.flatMap((id, at) => (id === before[at] ? [] : [{ at, source: sourceOf(id) }]));
    const recording = { operations, constants, results: backend.getInputTensorIds(results).map(sourceOf), changed };
    return { results, recording: isWhole && countVariables() === known ? recording : null };
  } finally {
    backend.binding = binding;
  }
}

/** Whether two steps have done the same. */
export function isSame(one: Recording, other: Recording): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function countVariables(): number {
  return Object.keys(tf.engine().registeredVariables).length;
}

function own(methods: Partial<Addon>): PropertyDescriptorMap {
  return Object.fromEntries(Object.entries(methods).map(([name, value]) => [name, { value }]));
}

/** Numbers as they lie in memory; undefined for a type that no step is known to make. */
function bytesOf(binding: Addon, dtype: number, values: ArrayLike<number>): Buffer | undefined {
  if (dtype === binding.TF_FLOAT) return Buffer.from(Float32Array.from(values).buffer);
  if (dtype === binding.TF_BOOL) return Buffer.from(Uint8Array.from(values));
  // the addon takes a number of 64 bits as two of 32
  if (dtype === binding.TF_INT32 || dtype === binding.TF_INT64) return Buffer.from(Int32Array.from(values).buffer);
  return undefined;
}
