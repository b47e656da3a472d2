import type * as TypeScript from "typescript";
import { type FallbackFiles, withFallback } from "../fallbackFiles";

type Compiler = typeof TypeScript;

/** A compiler that finds this library and its packages where the folder of a notebook has nothing of that name. */
export function withFallbackFiles(ts: Compiler, fallback: FallbackFiles): Compiler {
  const createWatchCompilerHost = (
    files: string[],
    given: TypeScript.CompilerOptions,
    system: TypeScript.System,
    ...rest: unknown[]
  ) => {
    const watchFile: TypeScript.System["watchFile"] = (path, ...how) =>
      fallback.behind(path) ? { close: () => {} } : system.watchFile!(path, ...how); // what is behind does not change
    const { typeRoots = [] } = given;
    const hasNode = typeRoots.some((folder) => system.directoryExists(`${folder}/node`));
    const options = { ...given, typeRoots: hasNode ? typeRoots : [...typeRoots, ...fallback.typeRoots] };
    const overlaid = Object.assign(Object.create(system), withFallback(system, fallback), { watchFile });
    return (ts.createWatchCompilerHost as (...all: unknown[]) => unknown)(files, options, overlaid, ...rest);
  };
  return Object.assign({ ...ts }, { createWatchCompilerHost }) as unknown as Compiler;
}
