import { createRequire } from "node:module";
import * as path from "node:path";
import type * as TypeScript from "typescript";
import { projectRoot } from "../files";
import { library, libraryFiles } from "./libraryFiles";

/** The rooms of lib that the kernel's package holds: the kernel, its runner, and what notebooks call. */
const ROOMS =
  /^(chart|compute|data|forecast|interrupt|kernel|notebook|recommend|runner|threads|vision|widgets|packages\/kernel)\/|^(checksum|files|kernelCommand|random|text)\.ts$/;

/** What only bundles, or other compilers, read. */
const LEFT_OUT = /\.(browser|tab)\.ts$|\.d\.ts$|\/assembly\//;

/**
 * Compiles the rooms of the kernel's package, and whatever they import, to CommonJS with types, by the compiler that tslab
 * brings: what it writes in types, every newer one and tslab itself can read.
 *
 * @param out - the package's folder `lib`
 * @throws Error with the compiler's messages where it could not write
 */
export function compilePackage(_source: string, out: string): void {
  const ts = createRequire(require.resolve("tslab/package.json"))("@tslab/typescript-for-tslab") as typeof TypeScript;
  const names = libraryFiles().filter((name) => name.endsWith(".ts") && ROOMS.test(name) && !LEFT_OUT.test(name));
  const program = ts.createProgram(
    names.map((name) => path.join(library, name)),
    {
      ...{ rootDir: library, outDir: out, declaration: true, removeComments: false, newLine: ts.NewLineKind.LineFeed },
      ...{ module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
      ...{ target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts", "lib.dom.d.ts"], esModuleInterop: true },
      ...{ resolveJsonModule: true, skipLibCheck: true },
    },
  );
  const { emitSkipped, diagnostics } = program.emit();
  if (emitSkipped || diagnostics.length > 0)
    throw new Error(`the kernel could not be compiled: ${ts.formatDiagnostics(diagnostics, HOST)}`);
}

const HOST: TypeScript.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => projectRoot,
  getNewLine: () => "\n",
};
