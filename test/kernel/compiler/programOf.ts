import { createRequire } from "node:module";
import { join } from "node:path";
import type * as TypeScript from "typescript";

const fromTslab = createRequire(require.resolve("tslab/package.json"));

/** The kernel's TypeScript. */
export const kernelTypeScript: typeof TypeScript = fromTslab("@tslab/typescript-for-tslab");

/** A program of these texts, by the names of their files, which lie in `folder`. */
export function programOf(texts: Record<string, string>, folder = "/project"): TypeScript.Program {
  const ts = kernelTypeScript;
  const files = new Map(Object.entries(texts).map(([name, text]) => [join(folder, name), text]));
  const options = { noLib: true, types: [], module: ts.ModuleKind.ESNext, moduleResolution: 2, rootDir: folder };
  const getSourceFile = (name: string) => {
    const text = files.get(name);
    if (text === undefined) return undefined;
    return Object.assign(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022), { version: text });
  };
  const has = (name: string) => files.has(name);
  const host = {
    ...ts.createCompilerHost(options),
    getSourceFile,
    fileExists: has,
    directoryExists: () => true,
    readFile: (name: string) => files.get(name),
  };
  return ts.createProgram([...files.keys()], options, host);
}

/** One of its files. */
export function fileOf(program: TypeScript.Program, name: string): TypeScript.SourceFile {
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(`/${name}`));
  if (!file) throw new Error(`There is no ${name} in the program`);
  return file;
}
