import ts from "typescript";
import { INSTALLED_LIST, KEPT_MODULES } from "./builtFiles";
import type { CellUses } from "./compiler/cellUses";
import { type Compiler, isCell } from "./compiler/compiler";
import { newConverter } from "./compiler/converter";
import { newFallbackFiles } from "./fallbackFiles";
import { PROMPT_DECLARATION } from "./prompt";
import { newModuleNames } from "./tslab";

/** What an empty cell sees, the declarations of JavaScript's library and of Node: the next call does not parse them again. */
const seen = new Map<string, ts.SourceFile>();

/**
 * What each of these cells reads, writes and may change, in their order, as a kernel in this folder tells it; nothing is
 * run. Undefined for a cell that does not compile, and for one that is a module.
 */
export function usesOfCells(sources: string[], folder: string): (CellUses | undefined)[] {
  const fallback = newFallbackFiles(folder);
  const known = { parsed: new Map(seen) };
  const places = { kept: KEPT_MODULES, installed: INSTALLED_LIST };
  const parts = { ts: ts as Compiler, folder, fallback, ...places, declared: PROMPT_DECLARATION, known };
  const { convert, keep, addModule } = newConverter(parts);
  for (const [name, file] of known.parsed) if (!isCell(name)) seen.set(name, file);
  const moduleName = newModuleNames(ts as Compiler);
  return sources.map((source) => {
    const module = moduleName(source);
    if (module) return void addModule(module, source);
    const cell = convert(source);
    keep(cell);
    return cell.uses?.();
  });
}
