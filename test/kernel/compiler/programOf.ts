import { join } from "node:path";
import ts from "typescript";

/** A program of these texts, by the names of their files, which lie in `folder`. */
export function programOf(texts: Record<string, string>, folder = "/project"): ts.Program {
  const files = new Map(Object.entries(texts).map(([name, text]) => [join(folder, name), text]));
  const options = {
    noLib: true,
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    rootDir: folder,
  };
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
    getCurrentDirectory: () => folder,
    readFile: (name: string) => files.get(name),
  };
  return ts.createProgram([...files.keys()], options, host);
}

/** One of its files. */
export function fileOf(program: ts.Program, name: string): ts.SourceFile {
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(`/${name}`));
  if (!file) throw new Error(`There is no ${name} in the program`);
  return file;
}
