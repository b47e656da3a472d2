import type * as TypeScript from "typescript";
import { withCheckedFiles } from "./checkedFiles";
import { withLeanPrograms } from "./leanPrograms";
import type { FallbackFiles } from "../fallbackFiles";
import { newKeptModules } from "./keptModules";
import { type LaterDocs, withLaterDocs } from "./laterDocs";
import type { Way } from "./placeFinder";
import { type NamesByParsing, withNamesByParsing } from "./namesByParsing";
import { withSourceMaps } from "./sourceMaps";
import { withFallbackFiles } from "./withFallbackFiles";
import { withFlatMessages } from "./flatMessages";

/** What the compiler works with. */
export interface CellCompilerParts {
  /** Gets the way back from each compiled code to its source. */
  ways: Map<string, Way>;
  fallback: FallbackFiles;
  /** A folder that keeps what becomes of imported files, from one kernel to the next. */
  folder: string;
}

/** A compiler for cells. */
export type CellCompiler = NamesByParsing & LaterDocs;

/**
 * tslab's TypeScript as this kernel wants it: with a way back from compiled code to its source, with the library
 * and its packages behind the folder's own files, and without the work that tslab has done twice.
 */
export function cellCompiler(typescript: typeof TypeScript, parts: CellCompilerParts): CellCompiler {
  const { ways, fallback, folder } = parts;
  const kept = newKeptModules(typescript, folder);
  const { ts: lean, readDocs } = withLaterDocs(withLeanPrograms(typescript, { ways, kept }));
  const checked = withFlatMessages(withCheckedFiles(withFallbackFiles(lean, fallback), kept));
  return { ...withNamesByParsing(withSourceMaps(checked, ways)), readDocs };
}
