import { readFileSync } from "fs";
import Module, { createRequire } from "module";
import { dirname, join } from "path";
import type { FallbackFiles } from "./fallbackFiles";
import { missingModule } from "./missingModule";

/** The `require` of the cells, which also knows the user's own files that tslab has compiled. */
export interface CellRequire {
  require: NodeJS.Require;
  /** Takes a file's compiled code, in place of an older one. */
  update(path: string, code: string): void;
}

const ownRequire = createRequire(__filename);

type Loading = NodeJS.Module & { _compile(code: string, file: string): void };

/** What a cell's `require` works with. */
interface Requiring {
  /** What `require("tslab")` gives. */
  tslab(): unknown;
  fallback: FallbackFiles;
  /** Called with each package that is required. */
  onRequired(name: string, library: unknown): void;
}

/**
 * Modules resolve from the folder `root`. A compiled file runs when it is first required, and again after it, or a file
 * that it requires, has changed.
 */
export function newCellRequire(root: string, { tslab, fallback, onRequired }: Requiring): CellRequire {
  const codes = new Map<string, string>();
  const modules = new Map<string, NodeJS.Module>();
  /** The files that have required a file. */
  const users = new Map<string, Set<string>>();

  const ownModule = (user: string, id: string): NodeJS.Module | undefined => {
    const path = normalized(join(dirname(user), id));
    const file = [path, `${path}.js`, `${path}/index.js`].find((one) => codes.has(one)) ?? `${path}.js`;
    const known = modules.get(file);
    const code = known ? "" : (codes.get(file) ?? codes.get(path) ?? compiledBehind(id, file));
    if (code === undefined) return undefined;
    users.set(file, (users.get(file) ?? new Set()).add(user));
    return known ?? run(file, code);
  };

  /** The library's code where it lies there compiled, as in a package. */
  const compiledBehind = (id: string, file: string): string | undefined => {
    if (!id.startsWith(".")) return undefined;
    const place = fallback.placeOf(file);
    return place === file || !place.endsWith(".js") ? undefined : readFileSync(place, "utf8");
  };

  const run = (file: string, code: string): NodeJS.Module => {
    const module = new Module(file) as Loading;
    module.filename = file;
    const own = (Module as unknown as { _nodeModulePaths(folder: string): string[] })._nodeModulePaths(dirname(file));
    module.paths = [...own, ...fallback.packageFolders]; // for require.resolve
    module.require = wrapped(module.require.bind(module) as NodeJS.Require, file);
    modules.set(file, module); // before it runs: files may import one another in a circle
    try {
      module._compile(code, fallback.placeOf(file));
    } catch (error) {
      modules.delete(file);
      throw error;
    }
    return module;
  };

  const forget = (file: string) => {
    if (!modules.delete(file)) return;
    for (const user of users.get(file) ?? []) forget(user);
  };

  const wrapped = (require: NodeJS.Require, user: string): NodeJS.Require =>
    new Proxy(require, {
      apply: (_target, self, [id, ...rest]) => {
        if (id === "tslab") return tslab();
        const own = typeof id === "string" && rest.length === 0 ? ownModule(user, id) : undefined;
        if (own) return own.exports;
        const library = found(id, () => Reflect.apply(require, self, [id, ...rest]));
        onRequired(id, library);
        return library;
      },
      get: (target, name) => (name === "resolve" ? resolving(target.resolve) : Reflect.get(target, name)),
    });

  const resolving = (resolve: NodeJS.RequireResolve): NodeJS.RequireResolve =>
    Object.assign((id: string, options?: { paths?: string[] }) => found(id, () => resolve(id, options), ownRequire.resolve), { paths: resolve.paths }); // prettier-ignore

  /** What the user has installed comes first, then this package's own packages. */
  const found = <T>(id: string, load: () => T, loadOwn: (id: string) => T = ownRequire): T => {
    try {
      return load();
    } catch (error) {
      if (!isMissing(error, id)) throw error;
      try {
        return loadOwn(id);
      } catch (second) {
        if (!isMissing(second, id)) throw second;
        error.message = [error.message.split("\n")[0], missingModule(id, root)].join(". ").trim();
        throw error;
      }
    }
  };

  const cell = join(root, "src.js");
  return {
    require: wrapped(createRequire(cell), cell),
    update: (path, code) => {
      codes.set(path, code);
      forget(path);
    },
  };
}

function isMissing(error: unknown, id: string): error is Error {
  const { code, message = "" } = error as NodeJS.ErrnoException;
  return code === "MODULE_NOT_FOUND" && message.startsWith(`Cannot find module '${id}'`);
}

function normalized(path: string): string {
  return path.replace(/\\/g, "/");
}
