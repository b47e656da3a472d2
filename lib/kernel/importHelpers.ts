import { pathToFileURL } from "url";
import { types } from "util";
import { bind } from "./variables";

/** What loads modules. */
export interface ModuleLoading {
  require: NodeJS.Require;
  importModule(place: string): Promise<unknown>;
}

type Module = Record<string, unknown> & { __esModule?: boolean };

/** What the imports of a compiled cell call. */
export function newImportHelpers({ require, importModule }: ModuleLoading) {
  /** The module with its default export: a CommonJS module is its own. */
  const withDefault = (module: Module): Module => (isEsModule(module) ? module : { default: module });

  /** What `import * as name` gives. */
  const asNamespace = (module: Module): Module => {
    if (isEsModule(module) || types.isModuleNamespaceObject(module)) return module;
    const properties = Object.getOwnPropertyDescriptors(module ?? {});
    return Object.defineProperties({}, { ...properties, default: { value: module, enumerable: true } }) as Module;
  };

  /** What `import(id)` gives: a module of the user's own or of a package, also one that awaits while it loads. */
  const load = async (id: unknown): Promise<unknown> => {
    try {
      return asNamespace(require(String(id)));
    } catch (error) {
      if (!/^ERR_REQUIRE_(ESM|ASYNC_MODULE|CYCLE_MODULE)$/.test(String((error as NodeJS.ErrnoException).code)))
        throw error;
      return importModule(pathToFileURL(require.resolve(String(id))).href);
    }
  };

  return { bind, withDefault, asNamespace, load };
}

function isEsModule(module: Module | null | undefined): boolean {
  return module?.__esModule === true || (types.isModuleNamespaceObject(module) && "default" in (module as Module));
}
