import type * as TypeScript from "typescript";
import type { KeptModules } from "./keptModules";
import { isCellFile, isEarlierFile } from "./tslabFiles";

type Compiler = typeof TypeScript;
type Program = TypeScript.Program;
type SourceFile = TypeScript.SourceFile;
type OfFiles = (program: Program, files: SourceFile[]) => TypeScript.Diagnostic[];
/** Declarations in a module that reach beyond it. */
type Reaching = { moduleAugmentations?: readonly unknown[] };

/**
 * A compiler that checks the files which a cell imports once, not again with every cell that imports them: a file
 * without errors has none until another file changes. What was kept has none.
 */
export function withCheckedFiles(ts: Compiler, kept: KeptModules): Compiler {
  const checkCell = (ts as unknown as Record<string, OfFiles>).getPreEmitDiagnosticsOfFiles;
  let known = new Set<SourceFile>();
  const clean = new Set<SourceFile>();
  const getPreEmitDiagnosticsOfFiles: OfFiles = (program, [cell, ...files]) => {
    const now = new Set(
      program.getSourceFiles().filter(({ fileName }) => !isEarlierFile(fileName) && !isCellFile(fileName)),
    );
    if (!isSameWorld(ts, known, now)) clean.clear();
    known = now;
    const messages = files
      .filter((file) => !clean.has(file))
      .flatMap((file) => {
        const isKept = kept.find(program, file) !== undefined;
        const found = isKept ? [] : [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
        if (found.length === 0) clean.add(file);
        return found;
      });
    return [...checkCell(program, [cell]), ...messages];
  };
  return Object.assign({ ...ts }, { getPreEmitDiagnosticsOfFiles }) as unknown as Compiler;
}

/** Whether what was known is all there still, and what came to it does not reach beyond itself. */
function isSameWorld(ts: Compiler, known: Set<SourceFile>, now: Set<SourceFile>): boolean {
  for (const file of known) if (!now.has(file)) return false;
  for (const file of now) if (!known.has(file) && reachesOut(ts, file)) return false;
  return true;
}

function reachesOut(ts: Compiler, file: SourceFile): boolean {
  return !ts.isExternalModule(file) || ((file as Reaching).moduleAugmentations?.length ?? 0) > 0;
}
