import { inspect, types } from "util";
import { attempt } from "./attempt";

/** How a variables view shows a value in one line. */
export interface Described {
  /** Its type as people call it, with the shape of a tensor or the size of a collection. */
  type: string;
  /** Its content, shortened, behind its type where that does not show. */
  value: string;
}

const LONGEST = 120; // characters of a text

/** Describes a value without a call of its own code, apart from what tells its class and the size of a table. */
export function describeValue(value: unknown): Described {
  return attempt(() => described(value)) ?? { type: typeof value, value: "(throws when it is looked at)" };
}

function described(value: unknown): Described {
  if (typeof value === "function") return { type: isClass(value) ? "class" : "function", value: headOf(value) };
  if (typeof value !== "object" || value === null)
    return { type: value === null ? "null" : typeof value, value: shortened(inspect(value)) };
  const known = tensorOf(value) ?? tableOf(value);
  return known ?? { type: typeOf(value), value: shortened(flat(value)) };
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** The first line of a function, up to its body. */
function headOf(value: object): string {
  const [head] = Function.prototype.toString.call(value).split(/\s*(?:\{|=>)/, 1);
  return shortened(head.replace(/\s+/g, " "));
}

/** A tensor of TensorFlow.js, which tells its shape and the type of its numbers. */
function tensorOf(value: object): Described | undefined {
  const { shape, dtype, isDisposedInternal } = plainly(value, ["shape", "dtype", "isDisposedInternal"]);
  if (!Array.isArray(shape) || typeof dtype !== "string" || !shape.every((size) => typeof size === "number"))
    return undefined;
  const size = shape.reduce((all: number, one: number) => all * one, 1);
  const values = size === 1 ? "1 value" : `${size.toLocaleString("en-US")} values`;
  const type = `${nameOf(value)} [${shape.join(", ")}] ${dtype}`;
  return { type, value: `${type}, ${isDisposedInternal === true ? "disposed" : values}` };
}

interface Table {
  numRows(): number;
  numCols(): number;
  columnNames(): string[];
}

/** A table of arquero. */
function tableOf(value: object): Described | undefined {
  const { numRows, numCols, columnNames } = value as Partial<Table>;
  if ([numRows, numCols, columnNames].some((one) => typeof one !== "function")) return undefined;
  const table = value as Table;
  const count = (number: number, name: string) => `${number.toLocaleString("en-US")} ${name}${number === 1 ? "" : "s"}`;
  const type = `${nameOf(value)} ${count(table.numRows(), "row")} × ${count(table.numCols(), "column")}`;
  return { type, value: shortened(`${type}: ${table.columnNames().join(", ")}`) };
}

function typeOf(value: object): string {
  const name = nameOf(value);
  if (Array.isArray(value) || types.isTypedArray(value)) return `${name}(${value.length})`;
  if (types.isMap(value) || types.isSet(value)) return `${name}(${value.size})`;
  return name;
}

function nameOf(value: object): string {
  const made = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = made === null ? "Object" : made.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "Object";
}

/** Properties that are data, the object's own or its prototypes'. */
function plainly(value: object, names: string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name of names) found[name] = Object.getOwnPropertyDescriptor(value, name)?.value;
  return found;
}

function flat(value: object): string {
  const options = { customInspect: false, depth: 0, breakLength: Infinity, maxArrayLength: 8, maxStringLength: 60 };
  const text = inspect(value, options).replace(/\s+/g, " ");
  return Array.isArray(value) && text.startsWith("[") ? `Array(${value.length}) ${text}` : text;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
