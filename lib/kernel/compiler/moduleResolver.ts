import { isBuiltin } from "module";
import { dirname } from "path";
import type * as TypeScript from "typescript";
import type { FileTexts } from "./fileTexts";

type Resolved = TypeScript.ResolvedModuleWithFailedLookupLocations;

/** Finds modules. */
export interface ModuleResolver {
  resolve(name: string, from: string): Resolved;
  /** How TypeScript asks for the modules of a file. */
  resolveAll: NonNullable<TypeScript.LanguageServiceHost["resolveModuleNameLiterals"]>;
  /** Whether a module that one of the user's files misses has come meanwhile. */
  findsMore(): boolean;
  /** Forgets what the user's own files have found. */
  startAnew(): void;
  /** Whether it is the same version of the same package as one that was found in another place. */
  isCopy(found: Resolved): boolean;
  /** What is known of packages. */
  cache: TypeScript.ModuleResolutionCache;
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
  const places = new Map<string, string>();
  const missed = new Map<string, { name: string; from: string }>();

  const resolve: ModuleResolver["resolve"] = (name, from) => {
    const isOwn = texts.isOwn(from);
    const cache = isOwn ? inOwn : inPackages;
    const found = ts.resolveModuleName(name, from, options, texts.reader, cache);
    if (isOwn && !found.resolvedModule && !isBuiltin(name) && !isJsxRuntime(name))
      missed.set(`${dirname(from)} ${name}`, { name, from });
    const module = found.resolvedModule;
    const id = packageOf(found);
    if (module && id !== undefined && !places.has(id)) places.set(id, module.resolvedFileName);
    return found;
  };

  const isThere = ({ name, from }: { name: string; from: string }) =>
    ts.resolveModuleName(name, from, options, texts.reader).resolvedModule !== undefined;

  return {
    resolve,
    resolveAll: (literals, from) => literals.map(({ text }) => resolve(text, from)),
    findsMore: () => Array.from(missed.values()).some(isThere),
    startAnew: () => {
      inOwn = newCache();
      missed.clear();
    },
    isCopy: (found) => {
      const id = packageOf(found);
      return id !== undefined && places.get(id) !== found.resolvedModule?.resolvedFileName;
    },
    cache: inPackages,
  };
}

/** TypeScript looks for it behind every file, also where there is no JSX. */
function isJsxRuntime(name: string): boolean {
  return /\/jsx(-dev)?-runtime$/.test(name);
}

/** The package behind a module, with its version and the module's place in it. */
function packageOf({ resolvedModule: module }: Resolved): string | undefined {
  const { packageId: id } = module ?? {};
  return id && `${id.name}@${id.version} ${id.subModuleName}`;
}
