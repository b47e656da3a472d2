import type { Compiler } from "../compiler/compiler";
import type { Place, Way } from "../compiler/placeFinder";
import type { MimeBundle } from "../displayBundle";
import { Holder, type Variables } from "../variables";
import { caughtAt } from "./caughtAt";
import { type ListedPart, type ListedVariable, newVariableLister } from "./listedVariables";
import { plainCode } from "./plainCode";
import { TARGET } from "./targetName";

/** Code of the user, as a debugger needs to know it. */
export interface ScriptInfo {
  /** The file name under which it runs. */
  url: string;
  /** The text that the person wrote, of a cell; a file has it on the disk. */
  source?: string;
  way: Way;
}

/** Where code stands in what a person wrote. */
export interface SourcePlace extends Place {
  source: string;
}

/**
 * What the debugger asks of the thread that computes. It calls these functions through Node's inspector, also while a cell
 * runs or stands at a breakpoint. All they take and give is JSON.
 */
export interface DebugTarget {
  /** The code of the user that was loaded. */
  scripts(): ScriptInfo[];
  allVariables(): ListedVariable[];
  notebook(): number;
  scope(names: object): number;
  inside(reference: number, part?: ListedPart): ListedVariable[];
  forget(): void;
  /** A value as the kernel shows it; `mayWait` where that may take a promise. */
  bundle(value: unknown, mayWait: boolean): MimeBundle | Promise<MimeBundle>;
  /** JavaScript for an expression or statements, to be evaluated where these scopes are. Undefined while a cell is compiled. */
  plain(code: string, ...scopes: object[]): string | undefined;
  /** What holds the notebook's variables, by their names; under any other name, what holds the result of evaluated code. */
  holders: Record<string, Holder>;
  /** Gives a value to a variable of the notebook. */
  assign(name: string, value: unknown): void;
  /** What the value of an evaluated expression is, in one line and for what is inside. */
  describe(value: unknown): ListedVariable;
  isCaught(places: SourcePlace[]): boolean;
  /** Prints a line, as the cell would. */
  print(text: string): void;
}

/** What a target is made of. */
export interface DebugTargetParts {
  ts: Compiler;
  variables: Variables;
  scripts: Map<string, { source?: string; way: Way }>;
  valueBundle(value: unknown): MimeBundle | Promise<MimeBundle>;
  /** Lets cells know of a variable of any type. */
  declare(name: string): void;
  /** Whether the compiler is at work. */
  isBusy(): boolean;
}

/** What of a script can be told to another thread. */
export function scriptInfo(url: string, { source, way }: Omit<ScriptInfo, "url">): ScriptInfo {
  return { url, source, way };
}

const holders = `globalThis[Symbol.for(${JSON.stringify(TARGET)})].holders`;

/** Puts a target there for the debugger. */
export function offerDebugTarget(parts: DebugTargetParts): void {
  Object.defineProperty(globalThis, Symbol.for(TARGET), { value: newDebugTarget(parts) });
}

function newDebugTarget({ ts, variables, scripts, valueBundle, declare, isBusy }: DebugTargetParts): DebugTarget {
  const lister = newVariableLister(variables);
  const result = new Holder();
  return {
    scripts: () => Array.from(scripts, ([url, script]) => scriptInfo(url, script)),
    allVariables: lister.all,
    notebook: lister.notebook,
    scope: lister.scope,
    inside: lister.inside,
    forget: () => {
      lister.forget();
      result.v = undefined;
    },
    bundle: (value, mayWait) => {
      const bundle = valueBundle(value);
      return bundle instanceof Promise && !mayWait ? { "text/plain": lister.describe(value).value } : bundle;
    },
    plain: (code, ...scopes) => {
      if (isBusy()) return undefined;
      const own = new Set(scopes.flatMap(Object.keys));
      const isShared = (name: string) => !own.has(name) && variables.has(name);
      return plainCode(ts, code, { isShared, holders });
    },
    holders: new Proxy({} as Record<string, Holder>, {
      get: (_, name) => (variables.has(String(name)) ? variables.holder(String(name)) : result),
    }),
    assign: (name, value) => {
      if (!variables.has(name)) declare(name);
      variables.declare([name]);
      variables.holder(name).v = value;
    },
    describe: lister.describe,
    isCaught: (places) => places.some(({ source, ...place }) => caughtAt(ts, source, place)),
    print: (text) => void process.stdout.write(`${text}\n`),
  };
}
