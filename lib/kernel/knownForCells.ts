import { cellOptions } from "./compiler/cellOptions";
import { type KnownFiles, newCellProgram } from "./compiler/cellProgram";
import { newCellScope } from "./compiler/cellScope";
import { type Compiler, isCell } from "./compiler/compiler";
import { newFileTexts } from "./compiler/fileTexts";
import { newFallbackFiles } from "./fallbackFiles";
import { warmUp } from "./warmUp";

/** What a program finds out of the files that an empty cell sees. */
export function knownForCells(ts: Compiler, folder: string): KnownFiles {
  const fallback = newFallbackFiles(folder);
  const options = cellOptions(ts, folder, fallback);
  const known = { parsed: new Map(), imports: ts.createModuleResolutionCache(folder, (name) => name, options) };
  const texts = newFileTexts(ts, folder, fallback);
  const { program } = newCellProgram({ ts, options, texts, folder, known }).open("", newCellScope(ts, options));
  program.getTypeChecker(); // binds them
  Array.from(warmUp(ts, folder)); // what has run once is part of the snapshot as compiled code
  for (const name of [...known.parsed.keys()]) if (isCell(name)) known.parsed.delete(name);
  return known;
}
