/** Holds one variable of the cells; all code that uses the variable has the same holder. */
export class Holder {
  v: unknown = undefined;
}

/** The variables that cells share. */
export interface Variables {
  holder(name: string): Holder;
  /** These are variables from now on, also where they were imports that could not be assigned to. `imports` says which are imports again. */
  declare(names: string[], imports?: string[]): void;
  /** From now on, tells whether one of these variables was assigned. */
  changesSince(names: string[]): (name: string) => boolean;
  /** Those that cells have declared, without imports. */
  names(): string[];
  /** Whether there is such a variable, or an import of that name. */
  has(name: string): boolean;
}

/** Variables of which some have a value from the start. */
export function newVariables(values: Record<string, unknown>): Variables {
  const holders = new Map<string, Holder>();
  const holder = (name: string): Holder => {
    const known = holders.get(name) ?? new Holder();
    holders.set(name, known);
    return known;
  };
  for (const [name, value] of Object.entries(values)) holder(name).v = value;
  const own = new Set<string>();
  return {
    holder,
    declare: (names, imports = []) => {
      for (const name of names) own.add(name);
      for (const name of imports) own.delete(name);
      for (const one of names.map(holder)) if (isBound(one)) setValue(one, one.v);
    },
    changesSince: (names) => {
      const before = new Map(names.map((name) => [name, stateOf(holder(name))]));
      return (name) => before.get(name) !== stateOf(holder(name));
    },
    names: () => [...own],
    has: (name) => holders.has(name),
  };
}

/** Lets a variable be what a module exports under a name, whatever that is at the time. */
export function bind(one: Holder, read: () => unknown): void {
  const set = (value: unknown) => setValue(one, value);
  Object.defineProperty(one, "v", { get: read, set, configurable: true, enumerable: true });
}

function setValue(one: Holder, value: unknown): void {
  Object.defineProperty(one, "v", { value, writable: true, configurable: true, enumerable: true });
}

function isBound(one: Holder): boolean {
  return Object.getOwnPropertyDescriptor(one, "v")?.get !== undefined;
}

/** The value of a variable, or how it is read. */
function stateOf(one: Holder): unknown {
  const { get, value } = Object.getOwnPropertyDescriptor(one, "v") ?? {};
  return get ?? value;
}
