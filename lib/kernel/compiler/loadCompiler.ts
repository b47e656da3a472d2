import { existsSync, readFileSync, statSync } from "fs";
import Module, { createRequire } from "module";
import { dirname, join } from "path";
import type * as TypeScript from "typescript";
import { Script } from "vm";
import { snapshotContent } from "../snapshotContent";
import { keepFile } from "./keepFile";

type Compiler = typeof TypeScript;
type Paths = { _nodeModulePaths(folder: string): string[] };

const KEEPING = 2000; // ms after a start, when what a first cell needs is compiled too

/**
 * Loads TypeScript, nine megabytes of JavaScript, with what V8 has made of it in an earlier kernel, which `folder` keeps. A
 * folder that cannot be written costs only time.
 */
export function loadCompiler(folder: string): Compiler {
  const file = require.resolve("typescript");
  const taken = snapshotContent();
  if (taken?.typescript === file) {
    require.cache[file] = Object.assign(new Module(file), { filename: file, exports: taken.ts, loaded: true });
    return taken.ts; // what has been parsed belongs to this one, whatever else was loaded
  }
  if (require.cache[file]?.loaded) return require.cache[file].exports as Compiler;
  const { size, mtimeMs } = statSync(file);
  const kept = join(folder, `typescript-${process.versions.v8}-${process.arch}-${size}-${Math.round(mtimeMs)}.cache`);
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const script = new Script(Module.wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
  const module = new Module(file);
  module.filename = file;
  module.paths = (Module as unknown as Paths)._nodeModulePaths(dirname(file));
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  module.loaded = true;
  require.cache[file] = module;
  if (!cachedData || script.cachedDataRejected)
    setTimeout(() => keepFile(kept, script.createCachedData()), KEEPING).unref();
  return module.exports;
}
