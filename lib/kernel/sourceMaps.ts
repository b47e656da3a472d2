import { SourceMap, type SourceMapPayload } from "module";
import type * as TypeScript from "typescript";

/** A way from compiled code to its source: first to the module that TypeScript wrote, then to what a person wrote. */
export interface Way {
  outer: string;
  inner: string;
}

/** A place in a file, counted from 1. */
export interface Place {
  line: number;
  column: number;
}

type Compiler = typeof TypeScript;

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;
const LINK = /\n?\/\/# sourceMappingURL=\S+\s*$/;

/**
 * A compiler that writes source maps under tslab's hands, which drop them, and gives each message as one text, where
 * tslab would tell its parts as errors of their own. `ways` gets the way back for each code that leaves the compiler.
 */
export function withSourceMaps(ts: Compiler, ways: Map<string, Way>): Compiler {
  const createWatchCompilerHost = (files: string[], options: TypeScript.CompilerOptions, ...rest: unknown[]) =>
    (ts.createWatchCompilerHost as (...all: unknown[]) => unknown)(
      files,
      { ...options, inlineSourceMap: true },
      ...rest,
    );
  const transpileModule: Compiler["transpileModule"] = (input, options) => {
    const inner = INLINE_MAP.exec(input);
    if (!inner) return ts.transpileModule(input, options);
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const result = ts.transpileModule(input.slice(0, inner.index), { ...options, compilerOptions });
    const outputText = result.outputText.replace(LINK, "");
    ways.set(outputText, { outer: result.sourceMapText ?? "", inner: inner[1] });
    return { ...result, outputText };
  };
  const oneText = (diagnostics: readonly TypeScript.Diagnostic[]) =>
    diagnostics.map((diagnostic) => ({
      ...diagnostic,
      messageText: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
    }));
  const ofFiles = (ts as unknown as Record<string, typeof ts.getPreEmitDiagnostics>).getPreEmitDiagnosticsOfFiles;
  const changes = {
    createWatchCompilerHost,
    transpileModule,
    getPreEmitDiagnostics: (...all: Parameters<typeof ofFiles>) => oneText(ts.getPreEmitDiagnostics(...all)),
    getPreEmitDiagnosticsOfFiles: (...all: Parameters<typeof ofFiles>) => oneText(ofFiles(...all)),
  };
  return Object.assign({ ...ts }, changes) as unknown as Compiler;
}

/** Finds the source of places in one compiled code. The maps are read when they are first asked. */
export function newPlaceFinder({ outer, inner }: Way): (place: Place) => Place | undefined {
  let maps: SourceMap[] | undefined;
  return (place) => {
    maps ??= [outer, Buffer.from(inner, "base64").toString()].map((text) => new SourceMap(parsed(text)));
    return maps.reduce<Place | undefined>(originalPlace, place);
  };
}

function parsed(text: string): SourceMapPayload {
  return JSON.parse(text);
}

function originalPlace(place: Place | undefined, map: SourceMap): Place | undefined {
  if (!place) return undefined;
  const entry = map.findEntry(place.line - 1, place.column - 1);
  if (!("originalLine" in entry)) return undefined;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
