import { isBuiltin } from "module";
import type * as TypeScript from "typescript";
import type { FileTexts } from "./fileTexts";

type Resolved = TypeScript.ResolvedModuleWithFailedLookupLocations;

/** Finds modules. */
export interface ModuleResolver {
  resolve(name: string, from: string): Resolved;
  /** How TypeScript asks for the modules of a file. */
  resolveAll: NonNullable<TypeScript.LanguageServiceHost["resolveModuleNameLiterals"]>;
  /** Whether one of the user's files misses a module, which may have come meanwhile. */
  mayFindMore(): boolean;
  /** Forgets what the user's own files have found. */
  startAnew(): void;
}

/** What a resolver works with. */
export interface Resolving {
  options: TypeScript.CompilerOptions;
  texts: FileTexts;
  folder: string;
  /** What packages have imported so far. */
  inPackages?: TypeScript.ModuleResolutionCache;
}

/** A resolver that looks for what packages import once, and for what the user's files import with every program. */
export function newModuleResolver(ts: typeof TypeScript, resolving: Resolving): ModuleResolver {
  const { options, texts, folder } = resolving;
  const newCache = () => ts.createModuleResolutionCache(folder, (name) => name, options);
  const inPackages = resolving.inPackages ?? newCache();
  let inOwn = newCache();
  let hasMissed = false;

  const resolve: ModuleResolver["resolve"] = (name, from) => {
    const isOwn = texts.isOwn(from);
    const cache = isOwn ? inOwn : inPackages;
    const found = ts.resolveModuleName(name, from, options, texts.reader, cache);
    if (isOwn && !found.resolvedModule && !isBuiltin(name) && !isJsxRuntime(name)) hasMissed = true;
    return found;
  };

  return {
    resolve,
    resolveAll: (literals, from) => literals.map(({ text }) => resolve(text, from)),
    mayFindMore: () => hasMissed,
    startAnew: () => {
      inOwn = newCache();
      hasMissed = false;
    },
  };
}

/** TypeScript looks for it behind every file, also where there is no JSX. */
function isJsxRuntime(name: string): boolean {
  return /\/jsx(-dev)?-runtime$/.test(name);
}
