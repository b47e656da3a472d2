import { createHash } from "crypto";
import { readFileSync } from "fs";
import { join, relative } from "path";
import type * as TypeScript from "typescript";
import { type ContentKeys, contentKeys } from "./contentKeys";
import { keepFile } from "./keepFile";

type Program = TypeScript.Program;
type SourceFile = TypeScript.SourceFile;

/** What becomes of a file that a cell imports. */
export interface CompiledModule {
  code: string;
  /** The text of its source map. */
  map?: string;
}

/** Files without errors, as earlier kernels have compiled them. */
export interface KeptModules {
  /** What a file becomes, if it was kept and neither the file nor anything it sees has changed. */
  find(program: Program, file: SourceFile): CompiledModule | undefined;
  /** Keeps what a file without errors has become. */
  keep(program: Program, file: SourceFile, compiled: CompiledModule): void;
  /** Stands for a file and all that it sees. */
  keyOf(program: Program, file: SourceFile): string;
}

/**
 * Keeps modules in a folder of their own; one that cannot be written costs only time. There is one state of each path
 * below a kernel's folder, for each world of global declarations: the folder does not grow with every edit.
 */
export function newKeptModules(ts: typeof TypeScript, folder: string): KeptModules {
  const known = new WeakMap<Program, ContentKeys>();
  const keysOf = (program: Program) => {
    const keys = known.get(program) ?? contentKeys(ts, program);
    known.set(program, keys);
    return keys;
  };
  const placeOf = (program: Program, file: SourceFile) => {
    const keys = keysOf(program);
    const slot = createHash("sha256")
      .update(`${keys.world} ${relative(program.getCurrentDirectory(), file.fileName)}`)
      .digest("hex");
    return { kept: join(folder, `${slot.slice(0, 32)}.json`), key: keys.keyOf(file) };
  };
  const find: KeptModules["find"] = (program, file) => {
    const { kept, key } = placeOf(program, file);
    return read(kept, key);
  };
  const keep: KeptModules["keep"] = (program, file, { code, map }) => {
    const { kept, key } = placeOf(program, file);
    keepFile(kept, JSON.stringify({ key, code, map }));
  };
  return { find, keep, keyOf: (program, file) => keysOf(program).keyOf(file) };
}

function read(file: string, key: string): CompiledModule | undefined {
  try {
    const { key: found, code, map } = JSON.parse(readFileSync(file, "utf8"));
    return found === key && typeof code === "string" ? { code, map } : undefined;
  } catch {
    return undefined; // never kept, or broken
  }
}
