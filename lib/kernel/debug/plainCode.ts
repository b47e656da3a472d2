import { cellNames } from "../compiler/cellNames";
import type { BoundFile, Compiler } from "../compiler/compiler";
import { sharedVariables } from "../compiler/shareVariables";

/** How the names of a piece of code are found. */
export interface PlainNames {
  /** Whether a name is a variable of the notebook, here. */
  isShared(name: string): boolean;
  /** Code for the object that has the holders of the notebook's variables by their names. */
  holders: string;
}

/** JavaScript for a piece of TypeScript that is evaluated outside of any cell: an expression, or statements. */
export function plainCode(ts: Compiler, code: string, { isShared, holders }: PlainNames): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const text = /^\s*\{/.test(code) ? `(${code}\n)` : code; // an object, no block
  const share: ReturnType<typeof sharedVariables> = (context) => (source) => {
    const file = source as unknown as BoundFile;
    ts.bindSourceFile(file, compilerOptions);
    const names = cellNames(file);
    for (const name of file.identifiers.keys()) names.holders.set(name, `${holders}[${JSON.stringify(name)}]`);
    names.result = `${holders}.${names.result}`;
    return sharedVariables(ts, { file, isShared, isValue: () => true }, names)(context)(source);
  };
  return ts.transpileModule(text, { compilerOptions, transformers: { before: [share] } }).outputText;
}
