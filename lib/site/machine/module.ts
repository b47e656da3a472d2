import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { dirname, join } from "node:path";
import { fs } from "./fs";
import { knownModules, builtinNames } from "./knownModules";
import { runInThisContext } from "./runScript";

type Require = ((id: string) => unknown) & { resolve(id: string): string; cache: Record<string, Module> };

const cache: Record<string, Module> = {};
const [BEFORE, AFTER] = ["(function (exports, require, module, __filename, __dirname) { ", "\n})"];

/** A CommonJS module: code of a cell's files, of a package, or JSON. */
class Module {
  exports: unknown = {};
  filename: string | undefined;
  paths: string[] = [];
  loaded = false;
  children: Module[] = [];
  require: (id: string) => unknown;
  constructor(readonly id: string) {
    this.require = (name) => requireFrom(this.filename ?? this.id, name);
  }
  _compile(code: string, file: string): void {
    const run = runInThisContext(`${BEFORE}${code}${AFTER}`, { filename: file, columnOffset: -BEFORE.length });
    const require = Object.assign((id: string) => this.require(id), { resolve: (id: string) => resolveFrom(file, id), cache }); // prettier-ignore
    (run as (...given: unknown[]) => void).call(this.exports, this.exports, require, this, file, dirname(file));
    this.loaded = true;
  }
  static _nodeModulePaths = (folder: string): string[] => {
    const above = dirname(folder);
    return [join(folder, "node_modules"), ...(above === folder ? [] : Module._nodeModulePaths(above))];
  };
  static _extensions = {};
  static _cache = cache;
  static Module = Module;
  static builtinModules = builtinNames;
  static isBuiltin = (name: string) => builtinNames.includes(name.replace(/^node:/, ""));
  static syncBuiltinESMExports = () => {};
  static wrap = (code: string) => BEFORE + code + AFTER;
  static createRequire = (file: string | URL): Require => {
    const place = String(file).replace(/^file:\/\//, "");
    const resolve = (id: string) => resolveFrom(place, id);
    return Object.assign((id: string) => requireFrom(place, id), { resolve, cache });
  };
  static SourceMap = class {
    private readonly map: TraceMap;
    constructor(payload: ConstructorParameters<typeof TraceMap>[0]) {
      this.map = new TraceMap(payload);
    }
    findEntry(line: number, column: number) {
      const found = originalPositionFor(this.map, { line: line + 1, column });
      return found.line === null ? {} : { originalLine: found.line - 1, originalColumn: found.column };
    }
  };
}

const ENDINGS = ["", ".js", ".json", ".cjs", "/index.js"];

function fileAt(path: string): string | undefined {
  const found = ENDINGS.map((ending) => path + ending).find((one) =>
    fs.statSync(one, { throwIfNoEntry: false })?.isFile(),
  );
  return found && fs.realpathSync(found);
}

function resolveFrom(place: string, id: string): string {
  if (knownModules.has(id)) return id;
  const isPath = /^(\.{0,2}\/|\.{1,2}$)/.test(id);
  const bases = isPath ? [id.startsWith("/") ? id : join(dirname(place), id)] : Module._nodeModulePaths(dirname(place)).map((folder) => join(folder, id)); // prettier-ignore
  const found = bases.map(fileAt).find((file) => file !== undefined);
  if (found) return found;
  const message = `Cannot find module '${id}'\nRequire stack:\n- ${place}`;
  throw Object.assign(new Error(message), { code: "MODULE_NOT_FOUND", requireStack: [place] });
}

function requireFrom(place: string, id: string): unknown {
  const known = knownModules.get(id);
  if (known) return known();
  const file = resolveFrom(place, id);
  const module = cache[file] ?? load(file);
  return module.exports;
}

function load(file: string): Module {
  const module = Object.assign(new Module(file), { filename: file });
  cache[file] = module;
  try {
    const text = fs.readFileSync(file, "utf8");
    if (file.endsWith(".json")) module.exports = JSON.parse(text);
    else module._compile(text, file);
  } catch (error) {
    delete cache[file];
    throw error;
  }
  return module;
}

export = Module;
