import { statSync } from "fs";
import type * as TypeScript from "typescript";
import { type FallbackFiles, withFallback } from "../fallbackFiles";
import { withoutDocs } from "./laterDocs";

const DECLARATIONS = /\.d\.[cm]?ts$/;

type Snapshot = TypeScript.IScriptSnapshot;

/** The texts of files as the compiler reads them: from the disk, or from cells. */
export interface FileTexts {
  /** Where the compiler looks for files. */
  reader: TypeScript.ModuleResolutionHost;
  snapshotOf(name: string): Snapshot | undefined;
  /** Changes with the text. */
  versionOf(name: string): string;
  /** Puts a text in place of a file. */
  set(name: string, text: string): void;
  /** Takes a text for what a file holds, without reading it. */
  trust(name: string, text: string): void;
  /** Drops a text that was put there. */
  drop(name: string): void;
  /** Looks on the disk whether one of the user's own files among these has changed. */
  haveChanged(names: Iterable<string>): boolean;
  /** From now on declarations have their documentation; gives whether that is new. */
  readDocs(): boolean;
  /** Whether a file is the user's own, not one of a package or of the library behind. */
  isOwn(name: string): boolean;
}

/** The texts of a folder, with what lies behind it. */
export function newFileTexts(ts: typeof TypeScript, folder: string, fallback: FallbackFiles): FileTexts {
  const given = new Map<string, { text: string; version: string }>();
  const snapshots = new Map<string, Snapshot>();
  const stamps = new Map<string, string>();
  let hasDocs = false;
  let count = 0;
  const disk = { ...ts.sys, ...withFallback(ts.sys, fallback) };
  const isOwn = (name: string) => !name.includes("/node_modules/") && !fallback.behind(name);

  const readFile = (name: string): string | undefined => {
    const own = given.get(name);
    if (own) return own.text;
    const text = disk.readFile(name);
    return text === undefined || hasDocs || !DECLARATIONS.test(name) ? text : withoutDocs(text);
  };
  const stampOf = (name: string): string => {
    const { mtimeMs, size } = statSync(name, { throwIfNoEntry: false }) ?? {};
    return `${mtimeMs} ${size}`;
  };

  return {
    reader: {
      ...disk,
      readFile,
      fileExists: (name) => given.has(name) || disk.fileExists(name),
      getCurrentDirectory: () => folder,
      useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    },
    snapshotOf: (name) => {
      const known = snapshots.get(name);
      if (known) return known;
      if (!given.has(name) && isOwn(name)) stamps.set(name, stampOf(name)); // before it is read: a later change is seen
      const text = readFile(name);
      if (text === undefined) return undefined;
      const snapshot = ts.ScriptSnapshot.fromString(text);
      snapshots.set(name, snapshot);
      return snapshot;
    },
    versionOf: (name) => given.get(name)?.version ?? stamps.get(name) ?? String(hasDocs && DECLARATIONS.test(name)),
    set: (name, text) => {
      given.set(name, { text, version: `given ${++count}` });
      snapshots.delete(name);
    },
    trust: (name, text) => void snapshots.set(name, ts.ScriptSnapshot.fromString(text)),
    drop: (name) => {
      given.delete(name);
      snapshots.delete(name);
    },
    haveChanged: (names) => {
      const changed = [...names].filter((name) => stamps.has(name) && stamps.get(name) !== stampOf(name));
      for (const name of changed) {
        snapshots.delete(name);
        stamps.set(name, stampOf(name));
      }
      return changed.length > 0;
    },
    readDocs: () => {
      if (hasDocs) return false;
      hasDocs = true;
      for (const name of snapshots.keys()) if (DECLARATIONS.test(name)) snapshots.delete(name);
      return true;
    },
    isOwn,
  };
}
