import type * as TypeScript from "typescript";
import type { OpenCell } from "./cellProgram";
import type { BoundFile, Compiler } from "./compiler";

/** The files of the user that a cell imports. */
export function cellModules(ts: Compiler, { program, file, imports }: OpenCell): string[] {
  const { getResolvedModule } = program as unknown as {
    getResolvedModule(
      file: BoundFile,
      name: string,
      mode: unknown,
    ): TypeScript.ResolvedModuleWithFailedLookupLocations | undefined;
  };
  const modes = [undefined, ts.ModuleKind.ESNext, ts.ModuleKind.CommonJS];
  return imports.flatMap((name) => {
    const found = modes.map((mode) => getResolvedModule(file, name, mode)?.resolvedModule).find((one) => one);
    return found && !found.isExternalLibraryImport ? [found.resolvedFileName] : [];
  });
}
