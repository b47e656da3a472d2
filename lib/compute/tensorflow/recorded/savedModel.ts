import type { Addon, Attribute } from "../nodeBackend";
import type { Constant, Recording, Source } from "./record";
import { field, floatField, numberField } from "./wire";

/** A tensor that a graph is given. */
export interface Input {
  source: Source & { kind: "data" | "held" };
  name: string;
}

/** A recorded step as TensorFlow's SavedModel. */
export interface SavedStep {
  /** The file `saved_model.pb`. */
  bytes: Buffer;
  /** Those tensors that the step uses. */
  inputs: Input[];
  /** Names of the results, and behind them of what the changed variables hold then. */
  outputs: string[];
}

/** What a tensor is, for one that a graph is given. */
export interface TensorKind {
  shape: number[];
  dtype: number;
}

/** The one name that a graph of this kind is found by. */
export const TAG = "train";

/** The version of TensorFlow's graphs that these are written for; newer ones are read by it, too. */
const PRODUCER = 1087;

/** Fields of TensorFlow's messages by their numbers, from tensorflow/core/protobuf/saved_model.proto and framework/*.proto. */
const SAVED_MODEL = { version: 1, graphs: 2 } as const;
const META_GRAPH = { info: 1, graph: 2 } as const;
const INFO = { tags: 4 } as const;
const GRAPH = { node: 1, versions: 4 } as const;
const VERSIONS = { producer: 1 } as const;
const NODE = { name: 1, op: 2, input: 3, attribute: 5 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const VALUE = { list: 1, string: 2, number: 3, float: 4, boolean: 5, type: 6, shape: 7, tensor: 8 } as const;
const LIST = { string: 2, number: 3, float: 4, boolean: 5, type: 6, shape: 7 } as const;
const TENSOR = { dtype: 1, shape: 2, content: 4 } as const;
const SHAPE = { dimension: 2, isUnknown: 3 } as const;
const DIMENSION = { size: 1 } as const;

/** What takes a variable of TensorFlow: their order counts, though nothing is handed from one to the next. */
const ON_VARIABLES = ["AssignVariableOp", "ReadVariableOp", "ResourceApplyAdam"];

/** An attribute's name and its value as a message. */
type Entry = [name: string, value: Buffer];

/**
 * Writes a recorded step as a graph.
 *
 * @param kindOf - tells what each tensor is that the graph is given
 * @param types - TensorFlow's types of the results, and behind them of the changed variables
 */
export function savedStep(
  binding: Addon,
  recording: Recording,
  { kindOf, types }: { kindOf(source: Source): TensorKind; types: number[] },
): SavedStep {
  const nodes: Buffer[] = [];
  const inputs: Input[] = [];
  /** The variable that a handle stands for since something was put into it, by the operation that gave the handle. */
  const variables = new Map<number, string>();
  /** What was done last to each variable. */
  const last = new Map<string, string>();

  const add = (name: string, op: string, from: string[], attributes: Entry[]) => {
    nodes.push(field(GRAPH.node, nodeOf(name, op, from, attributes)));
    return name;
  };
  const type = (dtype: number) => numberField(VALUE.type, dtype);

  const placeholder = (source: Input["source"]): string => {
    const name = `${source.kind}${source.at}`;
    if (inputs.some((input) => input.name === name)) return name;
    inputs.push({ source, name });
    const { shape, dtype } = kindOf(source);
    return add(name, "Placeholder", [], [["dtype", type(dtype)], ["shape", field(VALUE.shape, shapeOf(shape))]]); // prettier-ignore
  };
  const nameOf = (source: Source): string => {
    if (source.kind === "constant") return `constant${source.at}`;
    if (source.kind === "output") return variables.get(source.of) ?? `operation${source.of}:${source.at}`;
    return placeholder(source);
  };
  /** A handle may be used for one variable after the other: each is one of its own here, so that none waits for another. */
  const newVariable = (handle: Source, at: number) => {
    const name = `kept${at}`;
    const shape = field(VALUE.shape, numberField(SHAPE.isUnknown, 1));
    add(name, "VarHandleOp", [], [["dtype", type(binding.TF_FLOAT)], ["shape", shape], ["shared_name", field(VALUE.string, name)]]); // prettier-ignore
    if (handle.kind === "output") variables.set(handle.of, name);
  };

  recording.constants.forEach((constant, at) => {
    const value = field(VALUE.tensor, tensorOf(constant));
    add(`constant${at}`, "Const", [], [["dtype", type(constant.dtype)], ["value", value]]); // prettier-ignore
  });
  recording.operations.forEach(({ name, attributes, inputs: from }, at) => {
    if (name === "VarHandleOp") return;
    if (name === "AssignVariableOp") newVariable(from[0], at);
    const names = from.map(nameOf);
    const touched = ON_VARIABLES.includes(name) ? names.filter((one) => [...variables.values()].includes(one)) : [];
    const earlier = new Set(touched.flatMap((one) => last.get(one) ?? []));
    add(
      `operation${at}`,
      name,
      [...names, ...[...earlier].map(after)],
      attributes.map((one) => entryOf(binding, one)),
    );
    touched.forEach((one) => last.set(one, `operation${at}`));
  });

  const ends = [...last].map(([variable, operation], at) => add(`end${at}`, "DestroyResourceOp", [variable, after(operation)], [])); // prettier-ignore
  const given = [...recording.results, ...recording.changed.map(({ source }) => source)].map(nameOf);
  const outputs = given.map((name, at) => add(`result${at}`, "Identity", [name, ...(at === 0 ? ends.map(after) : [])], [["T", type(types[at])]])); // prettier-ignore
  const graph = [...nodes, field(GRAPH.versions, numberField(VERSIONS.producer, PRODUCER))];
  const meta = [field(META_GRAPH.info, field(INFO.tags, TAG)), field(META_GRAPH.graph, graph)];
  return {
    bytes: Buffer.concat([numberField(SAVED_MODEL.version, 1), field(SAVED_MODEL.graphs, meta)]),
    inputs,
    outputs,
  };
}

/** An input that only says what has to be done before. */
function after(operation: string): string {
  return `^${operation}`;
}

function nodeOf(name: string, op: string, inputs: string[], attributes: Entry[]): Buffer[] {
  const entries = attributes.map(([key, value]) => [field(ENTRY.key, key), field(ENTRY.value, value)]);
  return [
    field(NODE.name, name),
    field(NODE.op, op),
    ...inputs.map((input) => field(NODE.input, input)),
    ...entries.map((entry) => field(NODE.attribute, entry)),
  ];
}

function entryOf(binding: Addon, { name, type, value }: Attribute): Entry {
  const write = writerOf(binding, name, type);
  if (!Array.isArray(value) || type === binding.TF_ATTR_SHAPE) return [name, write(VALUE, value)];
  return [name, field(VALUE.list, value.map((one) => write(LIST, one)))]; // prettier-ignore
}

/** Writes one value of a type of attributes, alone or in a list, whose fields have other numbers. */
function writerOf(
  binding: Addon,
  name: string,
  type: number,
): (fields: typeof VALUE | typeof LIST, value: unknown) => Buffer {
  switch (type) {
    case binding.TF_ATTR_TYPE:
      return (fields, value) => numberField(fields.type, value as number);
    case binding.TF_ATTR_BOOL:
      return (fields, value) => numberField(fields.boolean, Number(value));
    case binding.TF_ATTR_INT:
      return (fields, value) => numberField(fields.number, value as number);
    case binding.TF_ATTR_FLOAT:
      return (fields, value) => floatField(fields.float, value as number);
    case binding.TF_ATTR_STRING:
      return (fields, value) => field(fields.string, String(value));
    case binding.TF_ATTR_SHAPE:
      return (fields, value) => field(fields.shape, shapeOf(value as number[]));
    default:
      throw new TypeError(`the attribute ${name} has the type ${type}, which graphs are not written with`);
  }
}

function shapeOf(shape: number[]): Buffer[] {
  return shape.map((size) => field(SHAPE.dimension, numberField(DIMENSION.size, size)));
}

function tensorOf({ shape, dtype, bytes }: Constant): Buffer[] {
  return [numberField(TENSOR.dtype, dtype), field(TENSOR.shape, shapeOf(shape)), field(TENSOR.content, bytes)];
}
