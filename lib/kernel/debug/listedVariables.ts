import { types } from "util";
import { attempt } from "./attempt";
import { Holder, type Variables } from "../variables";
import { describeValue } from "./describeValue";

/** A variable in the words of the debug protocol. */
export interface ListedVariable {
  name: string;
  value: string;
  type?: string;
  evaluateName: string;
  /** Asks for what is inside; 0 where there is nothing. */
  variablesReference: number;
  namedVariables?: number;
  indexedVariables?: number;
}

/** Which part of what is inside a value is asked for; all of it by default. */
export interface ListedPart {
  filter?: "indexed" | "named";
  start?: number;
  count?: number;
}

/** Lists variables and what is inside their values. Numbers stand for values until all are forgotten; none is given twice. */
export interface VariableLister {
  /** The variables of the notebook. */
  all(): ListedVariable[];
  /** The number that stands for the variables of a function's scope, 0 for a scope without any of the user's. */
  scope(names: object): number;
  /** The number that stands for the variables of the notebook. */
  notebook(): number;
  inside(reference: number, part?: ListedPart): ListedVariable[];
  /** A value that has no name. */
  describe(value: unknown): ListedVariable;
  forget(): void;
}

/** What compiled cells have beside the variables that a person wrote. */
const OWN_NAMES = /^(\$(result|cell|module)\$*\d*|require|__filename|__dirname|arguments|this)$/;
const MOST = 1000; // entries at once

/** A lister of these variables. */
export function newVariableLister(variables: Variables): VariableLister {
  const values = new Map<number, Entries>();
  let last = 0;

  const refer = (entries: Entries): number => {
    values.set(++last, entries);
    return last;
  };

  const listed = (name: string, read: Read, path = name): ListedVariable => {
    if (!("value" in read))
      return { name, value: "(computed when read)", type: "getter", evaluateName: path, variablesReference: 0 };
    const { value } = read;
    const { type, value: text } = describeValue(value);
    const inner = typeof value === "object" && value !== null ? attempt(() => entriesOf(value, path)) : undefined;
    const isEmpty = !inner || inner.named.length + inner.indexed === 0;
    const sizes = isEmpty ? {} : { namedVariables: inner.named.length, indexedVariables: inner.indexed };
    return { name, value: text, type, evaluateName: path, variablesReference: isEmpty ? 0 : refer(inner), ...sizes };
  };

  const inside: VariableLister["inside"] = (reference, { filter, start = 0, count } = {}) => {
    const entries = values.get(reference);
    if (!entries) throw new RangeError(`Nothing is known under the reference ${reference}; ask for the scopes again`);
    const end = start + (count || MOST);
    const indexes = Array.from({ length: Math.max(0, Math.min(entries.indexed, end) - start) }, (_, i) => String(start + i)); // prettier-ignore
    const named = filter === "named" ? entries.named.slice(start, end) : entries.named.slice(0, MOST);
    const all = [...(filter === "indexed" ? [] : named), ...(filter === "named" ? [] : indexes)];
    return all.map((name) => listed(name, entries.read(name), entries.path(name)));
  };

  const notebook = (): Entries => {
    const names = variables.names();
    return {
      named: names,
      indexed: 0,
      read: (name) => readOf(variables.holder(name), "v", true),
      path: (name) => name,
    };
  };

  const scope = (names: object): number => {
    const own = Object.keys(names).filter(
      (name) => !OWN_NAMES.test(name) && !(Reflect.get(names, name) instanceof Holder),
    );
    if (own.length === 0) return 0;
    return refer({ named: own, indexed: 0, read: (name) => readOf(names, name), path: (name) => name });
  };

  return {
    all: () => inside(refer(notebook())),
    notebook: () => refer(notebook()),
    scope,
    inside,
    describe: (value) => listed("", { value }),
    forget: () => values.clear(),
  };
}

/** What is inside a value, by names and by numbers from 0. */
interface Entries {
  named: string[];
  indexed: number;
  read(name: string): Read;
  /** The expression that gives it. */
  path(name: string): string;
}

/** A value, or that it would take a call to have it. */
type Read = { value: unknown } | { getter: true };

/** `through`: a getter may be called, as it only reads what a module exports. */
function readOf(owner: object, name: string, through = false): Read {
  const found = attempt(() => Object.getOwnPropertyDescriptor(owner, name));
  if (found && "value" in found) return { value: found.value };
  return through ? { value: Reflect.get(owner, name) } : { getter: true };
}

function entriesOf(value: object, path: string): Entries {
  if (types.isMap(value)) return listOf(value.size, () => mapEntries(value), path);
  if (types.isSet(value)) return listOf(value.size, () => [...value], path);
  const isList = Array.isArray(value) || types.isTypedArray(value);
  const named = isList ? namesBeside(value) : Object.getOwnPropertyNames(value);
  return {
    named,
    indexed: isList ? value.length : 0,
    read: (name) => readOf(value, name),
    path: (name) =>
      /^\d+$/.test(name)
        ? `${path}[${name}]`
        : /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
          ? `${path}.${name}`
          : `${path}[${JSON.stringify(name)}]`,
  };
}

function mapEntries(map: Map<unknown, unknown>): object[] {
  return Array.from(map, ([key, value]) => ({ key, value }));
}

/** The entries of a collection, which have no expression of their own. They are listed once somebody looks at them. */
function listOf(indexed: number, list: () => unknown[], path: string): Entries {
  let listed: unknown[] | undefined;
  const read = (name: string) => readOf((listed ??= list()), name);
  return { named: [], indexed, read, path: (name) => `[...${path}][${name}]` };
}

/** The properties of an array that are none of its elements. Of a long one they are not looked for, among millions of those. */
function namesBeside(list: unknown[] | NodeJS.TypedArray): string[] {
  if (types.isTypedArray(list) || list.length > MOST) return [];
  return Object.getOwnPropertyNames(list).filter((name) => name !== "length" && !/^\d+$/.test(name));
}
