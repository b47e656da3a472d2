import { readFileSync, realpathSync } from "fs";
import { tmpdir } from "os";
import { basename, dirname, join, sep } from "path";
import { fileURLToPath, pathToFileURL } from "url";
import type { ScriptInfo } from "./debugTarget";
import { type LineMap, newLineMap } from "./lineMap";
import { murmur2 } from "./murmur2";

/** How clients make a cell's path out of its text: prefix, hash, suffix. */
export const CELL_PATHS = {
  hashMethod: "Murmur2",
  hashSeed: 0xc70f6907,
  tmpFilePrefix: join(tmpdir(), `tslab_${process.pid}`) + sep,
  tmpFileSuffix: ".ts",
};

/** The path by which clients know a cell. There is no such file. */
export function cellPath(source: string): string {
  const { tmpFilePrefix, hashSeed, tmpFileSuffix } = CELL_PATHS;
  return `${tmpFilePrefix}${murmur2(source, hashSeed)}${tmpFileSuffix}`;
}

/** The code of a person that runs, or will. */
export interface DebugScript {
  /** As the inspector names it. */
  url: string;
  /** As clients name what was written. */
  path: string;
  /** As people name it. */
  name: string;
  /** The text of a cell. */
  source?: string;
  lines: LineMap;
}

/** Knows which code is the user's. */
export interface DebugScripts {
  /** Node has compiled a script. */
  parsed(script: { scriptId: string; url: string }): void;
  learn(info: ScriptInfo): DebugScript;
  /** The user's code with this number; undefined for other code. */
  withId(scriptId: string): DebugScript | undefined;
  /** All code of a source: a cell that was run twice is there twice. */
  withPath(path: string): DebugScript[];
  all(): DebugScript[];
}

/** No script yet. */
export function newDebugScripts(): DebugScripts {
  const known = new Map<string, DebugScript>();
  const urls = new Map<string, string>();
  return {
    parsed: ({ scriptId, url }) => void urls.set(scriptId, url),
    learn: (info) => {
      const script = toScript(info);
      known.set(script.url, script);
      return script;
    },
    withId: (id) => known.get(urls.get(id) ?? ""),
    withPath: (path) => {
      const real = realPath(path);
      return [...known.values()].filter((script) => script.path === real);
    },
    all: () => [...known.values()],
  };
}

/** What the person wrote. */
export function textOf({ source, path }: DebugScript): string {
  return source ?? readFileSync(path, "utf8");
}

function toScript({ url: file, source, way }: ScriptInfo): DebugScript {
  const lines = newLineMap(way[0]);
  if (source !== undefined) return { url: file, path: cellPath(source), name: file, source, lines };
  const [written] = way.length > 0 ? (JSON.parse(way[0]) as { sources: string[] }).sources : [];
  const path = realPath(written === undefined ? file : join(dirname(file), basename(written)));
  return { url: pathToFileURL(file).href, path, name: basename(path), lines };
}

/** A path without links; a file URL is taken for the path it means. */
function realPath(path: string): string {
  const plain = path.startsWith("file:") ? fileURLToPath(path) : path;
  try {
    return realpathSync(plain);
  } catch {
    return plain;
  }
}
