import type * as TypeScript from "typescript";
import type { Way } from "./placeFinder";

type Compiler = typeof TypeScript;

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;
const LINK = /\n?\/\/# sourceMappingURL=\S+\s*$/;

/**
 * A compiler that writes source maps under tslab's hands, which drop them. `ways` gets the way back for each code that
 * leaves the compiler. Code that is in it already is finished: tslab's second step leaves it as it is.
 */
export function withSourceMaps(ts: Compiler, ways: Map<string, Way>): Compiler {
  const createWatchCompilerHost = (files: string[], options: TypeScript.CompilerOptions, ...rest: unknown[]) =>
    (ts.createWatchCompilerHost as (...all: unknown[]) => unknown)(
      files,
      { ...options, inlineSourceMap: true },
      ...rest,
    );
  const transpileModule: Compiler["transpileModule"] = (input, options) => {
    if (ways.has(input)) return { outputText: input };
    const { code, map } = splitMap(input);
    if (map === undefined) return ts.transpileModule(input, options);
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const result = ts.transpileModule(code, { ...options, compilerOptions });
    const outputText = result.outputText.replace(LINK, "");
    ways.set(outputText, [result.sourceMapText ?? "", map]);
    return { ...result, outputText };
  };
  return Object.assign({ ...ts }, { createWatchCompilerHost, transpileModule }) as unknown as Compiler;
}

/** Compiled code, and the source map that was written at its end. */
export function splitMap(compiled: string): { code: string; map?: string } {
  const found = INLINE_MAP.exec(compiled);
  if (!found) return { code: compiled };
  return { code: compiled.slice(0, found.index), map: Buffer.from(found[1], "base64").toString() };
}
