import { integer, pick, type Random } from "../../lib/random";

/** One program in two forms: as cells of TypeScript, and as JavaScript that Node runs as a whole. */
export interface MadeUpProgram {
  /** Each ends in an expression. */
  cells: string[];
  /** For each cell, statements that end with `results.push(…)` of that expression. */
  script: string;
}

/** What a name stands for at the time. */
type Kind = "number" | "text" | "list" | "function" | "class" | "enum" | "namespace";

const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h", "k", "m"];
/** Types have names of their own, for a value may become one of another kind. */
const OBJECT = "{ n: number; t: string }";

/**
 * Cells that declare, declare anew, change and use variables of all kinds, in functions and classes too. A name that is
 * declared anew stays one variable, as in one script that assigns to it: what earlier cells have made sees the new value.
 */
export function madeUpCells(count: number, random: Random): MadeUpProgram {
  const kinds = new Map<string, Kind>();
  const cells: string[] = [];
  const parts: string[] = [`let ${NAMES.join(", ")};`, "const results = [];"];
  const named = (kind: Kind) => [...kinds].filter(([, known]) => known === kind).map(([name]) => name);

  /** `before`: only functions whose names come before this one are called, so that all calls end. */
  const number = (depth = 0, before = "~"): string => {
    const called = (kind: Kind) => named(kind).filter((name) => name < before);
    const options = [() => String(integer(random, 0, 9) + 1)];
    for (const name of named("number")) options.push(() => name);
    for (const name of named("list"))
      options.push(
        () => `${name}.length`,
        () => `(${name}[0] ?? 0)`,
      );
    for (const name of named("text")) options.push(() => `${name}.length`);
    for (const name of named("enum")) options.push(() => `${name}.Two`);
    for (const name of called("namespace")) options.push(() => `${name}.inner(${integer(random, 0, 5)})`);
    if (depth < 2) {
      options.push(
        () => `(${number(depth + 1, before)} ${pick(random, ["+", "-", "*"])} ${number(depth + 1, before)}) % 1009`,
      );
      for (const name of called("function")) options.push(() => `${name}(${number(depth + 1, before)})`);
      for (const name of called("class")) options.push(() => `new ${name}(${number(depth + 1, before)}).get()`);
    }
    return pick(random, options)();
  };
  const text = () => {
    const options = [() => `"t${integer(random, 0, 99)}"`, () => "`<${" + number(1) + "}>`"];
    for (const name of named("text")) options.push(() => `${name}.slice(-12) + "+"`);
    return pick(random, options)();
  };

  /** The new value of a name, as TypeScript and as JavaScript. It speaks of names as they are before. */
  const declarations: Record<Kind, (name: string) => { typed: string; plain: string }> = {
    number: (name) => {
      const value = number();
      const form = pick(random, ["const", "let", "var", "export const"]);
      const type = random.uniform() < 0.5 ? ": number" : "";
      return {
        typed: `${form} ${name}${type} = ${withoutSelf(name, value)};`,
        plain: `${name} = ${withoutSelf(name, value)};`,
      };
    },
    text: (name) => {
      const value = withoutSelf(name, text(), '"none"');
      return { typed: `const { ${name} } = { ${name}: ${value} as string };`, plain: `${name} = ${value};` };
    },
    list: (name) => {
      const value = `[${withoutSelf(name, number())}, ${withoutSelf(name, number())}]`;
      return { typed: `let [...${name}]: number[] = ${value};`, plain: `${name} = ${value};` };
    },
    function: (name) => {
      const body = withoutSelf(name, number(1, name));
      const plain = `function ${name}(x, y = 2) { return (x * y + ${body}) % 1009; }`;
      const typed = plain.replace("(x, y = 2)", "<N extends number>(x: N, y = 2): number");
      return {
        typed: random.uniform() < 0.5 ? typed : `const ${name} = ${typed.replace(` ${name}`, "")};`,
        plain: `${name} = ${plain.replace(` ${name}`, "")};`,
      };
    },
    class: (name) => {
      const body = withoutSelf(name, number(1, name));
      const plain = `class ${name} { #n; constructor(n) { this.#n = n; } get() { return (this.#n + ${body}) % 1009; } static make() { return new ${name}(1); } }`;
      const typed = plain
        .replace("#n;", "#n: number;")
        .replace("(n)", "(n: number)")
        .replace("make()", `make(): ${name}`);
      return { typed, plain: `${name} = ${plain};` };
    },
    enum: (name) => {
      const first = integer(random, 0, 50);
      return {
        typed: `enum ${name} { One = ${first}, Two }`,
        plain: `${name} = { One: ${first}, Two: ${first + 1} };`,
      };
    },
    namespace: (name) => {
      const body = withoutSelf(name, number(1, name));
      return {
        typed: `namespace ${name} { const own = 3; export function inner(x: number): number { return (x + own + ${body}) % 1009; } }`,
        plain: `${name} = { inner: (x) => (x + 3 + ${body}) % 1009 };`,
      };
    },
  };

  const change = (): string | undefined => {
    const options: (() => string)[] = [];
    for (const name of named("list"))
      options.push(
        () => `${name}.push(${number()});`,
        () => `for (const item of ${name}) if (item > 500) ${name}[0] = item;`,
      );
    if (options.length === 0) return undefined;
    return pick(random, options)();
  };

  /** Anything that is there, in an order of its own, in a scope that has names like those outside. */
  const shown = (): string => {
    const values = [number(), ...named("text").slice(0, 2), ...named("list").map((name) => `${name}.slice(-3)`)];
    const inner = pick(random, NAMES);
    const rest = named("number")
      .filter((name) => name !== inner)
      .map((name) => name);
    return `[${values.join(", ")}, ((${inner}) => [${inner}, ${rest.join(", ")}])(7)]`;
  };

  for (let cell = 0; cell < count; cell++) {
    const typed: string[] = [];
    const plain: string[] = [];
    for (let statement = integer(random, 0, 3); statement >= 0; statement--) {
      const name = pick(random, NAMES);
      const isNew = typed.every((code) => !new RegExp(`\\b${name}\\b`).test(code));
      const changed = random.uniform() < 0.3 ? change() : undefined;
      if (changed !== undefined) {
        typed.push(changed);
        plain.push(changed);
      } else if (isNew) {
        const before = kinds.get(name);
        // What was made with a value of one kind does not outlive a value of another kind.
        const kind = before ?? pick(random, Object.keys(declarations) as Kind[]);
        const made = declarations[kind](name);
        if (random.uniform() < 0.2)
          typed.push(`interface Held${name} extends Partial<${OBJECT}> {}\ntype Both${name} = Held${name} | null;`);
        typed.push(made.typed);
        // A function is there before the cell's first statement.
        if (made.typed.startsWith("function")) plain.unshift(made.plain);
        else plain.push(made.plain);
        kinds.set(name, kind);
      }
    }
    const value = shown();
    cells.push([...typed, value.replace(/\(\((\w)\) =>/, "(($1: number) =>")].join("\n"));
    parts.push(...plain, `results.push(JSON.stringify(${value}));`);
  }
  return { cells, script: parts.join("\n") };
}

/** A declaration that names itself is none in TypeScript; a function that calls itself may not end. */
function withoutSelf(name: string, code: string, otherwise = "1"): string {
  return new RegExp(`\\b${name}\\b`).test(code) ? otherwise : code;
}
