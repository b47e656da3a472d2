import type * as TypeScript from "typescript";
import type { BoundFile, Compiler } from "./compiler";

/** Names in a cell's compiled code for what the kernel hands in. */
export interface CellNames {
  /** The shared variables that the cell uses or declares: what holds each of them, by its name. */
  holders: Map<string, string>;
  /** Holds the value of the last expression. */
  result: string;
  /** The context's helpers. */
  helpers: string;
  /** The run of the cell that a loop belongs to. */
  run: string;
  /** What the names of modules begin with. */
  module: string;
}

/** Names that do not occur in the cell. */
export function cellNames({ identifiers }: BoundFile): CellNames {
  const known = [...identifiers.keys()];
  const unused = (name: string): string => (known.some((one) => one.startsWith(name)) ? unused(`${name}$`) : name);
  return {
    holders: new Map(),
    result: unused("$result"),
    helpers: unused("$cell"),
    run: unused("$run"),
    module: unused("$module"),
  };
}

/** Makes nodes that speak of what the kernel hands in. */
export interface NameFactory {
  /** What holds a shared variable. */
  holder(name: string): TypeScript.Identifier;
  /** The variable itself, `n$.v`, in the place of its name. */
  shared(name: TypeScript.Identifier): TypeScript.Expression;
  /** A member of what is handed in. */
  member(object: string, name: string): TypeScript.Expression;
  /** A new name for a module. */
  newModule(): TypeScript.Identifier;
}

/** The name of what holds a shared variable; `names` gets it. */
export function holderOf(name: string, { identifiers }: BoundFile, { holders }: CellNames): string {
  let found = holders.get(name);
  if (found === undefined) {
    found = `${name}$`;
    while (identifiers.has(found)) found += "$";
    holders.set(name, found);
  }
  return found;
}

/** Nodes for a cell; `names` gets the holders that they speak of. */
export function nameFactory(ts: Compiler, file: BoundFile, names: CellNames): NameFactory {
  const { factory } = ts;
  let modules = 0;
  const holder = (name: string) => factory.createIdentifier(holderOf(name, file, names));
  const shared = (name: TypeScript.Identifier) =>
    ts.setOriginalNode(ts.setTextRange(factory.createPropertyAccessExpression(holder(name.text), "v"), name), name);
  const member = (object: string, name: string) =>
    factory.createPropertyAccessExpression(factory.createIdentifier(object), name);
  return { holder, shared, member, newModule: () => factory.createIdentifier(`${names.module}${modules++}`) };
}
