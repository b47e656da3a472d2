import type * as TypeScript from "typescript";
import { withCheckedFiles } from "./checkedFiles";
import { withLeanPrograms } from "./leanPrograms";
import type { Way } from "./placeFinder";
import { type QuickNames, withQuickNames } from "./quickNames";
import { withSourceMaps } from "./sourceMaps";
import { withWholeMessages } from "./wholeMessages";

/**
 * tslab's TypeScript as this kernel wants it: with a way back from compiled code to its source, which `ways` gets, and
 * without the work that tslab has done twice.
 */
export function cellCompiler(ts: typeof TypeScript, ways: Map<string, Way>): QuickNames {
  return withQuickNames(withSourceMaps(withWholeMessages(withCheckedFiles(withLeanPrograms(ts, ways))), ways));
}
