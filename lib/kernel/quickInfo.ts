import { existsSync, realpathSync } from "fs";
import { dirname, join, relative } from "path";
import type { DefinitionInfo, LanguageService, QuickInfo, SymbolDisplayPart } from "typescript";
import type { Compiler } from "./compiler/compiler";
import type { FallbackFiles } from "./fallbackFiles";
import { readExamples } from "./readExamples";

/** What asks a language service. */
export interface QuickInfoParts {
  ts: Compiler;
  service: LanguageService;
  fallback: FallbackFiles;
}

/**
 * What a language service knows of a place. A function of this library has the example with it that its page of the reference
 * shows, where its tests are there: packages leave them out.
 */
export function quickInfo(
  { ts, service, fallback }: QuickInfoParts,
  file: string,
  position: number,
): QuickInfo | undefined {
  const info = service.getQuickInfoAtPosition(file, position);
  if (!info || !existsSync(tested)) return info;
  const realOf = ({ fileName }: DefinitionInfo) => fallback.behind(fileName) ?? fileName;
  const definitions = service.getDefinitionAtPosition(file, position) ?? [];
  const examples = definitions.flatMap((one) => libraryExamples(ts, realOf(one), one.name));
  const tags = examples.map((text) => ({ name: "example", text: [{ kind: "text", text }] as SymbolDisplayPart[] }));
  return { ...info, tags: [...(info.tags ?? []), ...tags] };
}

const library = dirname(realpathSync(__dirname));
const tested = join(dirname(library), "test", "examples");

function libraryExamples(ts: Compiler, file: string, called: string): string[] {
  if (!existsSync(file)) return [];
  const own = join(tested, relative(library, realpathSync(file)).replace(/\.ts$/, ".test.ts"));
  if (!own.startsWith(join(tested, "/")) || !existsSync(own)) return [];
  return readExamples(ts, own).flatMap(({ name, code }) => (name === called ? [code] : []));
}
