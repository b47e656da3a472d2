import type * as TypeScript from "typescript";
import { withCheckedFiles } from "./checkedFiles";
import { withLeanPrograms } from "./leanPrograms";
import type { FallbackFiles } from "../fallbackFiles";
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
}

/**
 * tslab's TypeScript as this kernel wants it: with a way back from compiled code to its source, with the library
 * and its packages behind the folder's own files, and without the work that tslab has done twice.
 */
export function cellCompiler(ts: typeof TypeScript, { ways, fallback }: CellCompilerParts): NamesByParsing {
  const lean = withFallbackFiles(withLeanPrograms(ts, ways), fallback);
  return withNamesByParsing(withSourceMaps(withFlatMessages(withCheckedFiles(lean)), ways));
}
