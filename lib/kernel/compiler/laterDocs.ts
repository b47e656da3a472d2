import type * as TypeScript from "typescript";
import { isEarlierFile } from "./tslabFiles";

type Compiler = typeof TypeScript;
type System = TypeScript.System;

/** Documentation that begins a line, so that no text in quotes is taken for it. */
const DOCS = /^([ \t]*)\/\*\*(?!\/)([^]*?)\*\//gm;

/** A compiler that reads no documentation until it is asked for. */
export interface LaterDocs {
  ts: Compiler;
  /** From now on declarations have their documentation. */
  readDocs(): void;
}

/**
 * A compiler for which documentation in declaration files is an ordinary comment: TypeScript 5.0 would parse it all, a
 * third of the time that it needs for a file.
 */
export function withLaterDocs(ts: Compiler): LaterDocs {
  const changes = new Map<string, () => void>();
  let areWanted = false;
  const createWatchCompilerHost = (files: string[], options: object, system: System, ...rest: unknown[]) => {
    const readFile: System["readFile"] = (path, ...how) => {
      const text = system.readFile(path, ...how);
      return text === undefined || areWanted || !isDeclaration(path) ? text : withoutDocs(text);
    };
    const watchFile: System["watchFile"] = (path, change, ...how) => {
      const watcher = system.watchFile!(path, change, ...how);
      if (!isDeclaration(path)) return watcher;
      changes.set(path, () => change(path, ts.FileWatcherEventKind.Changed));
      return { close: () => (changes.delete(path), watcher.close()) };
    };
    const overlaid = Object.assign(Object.create(system), { readFile, watchFile });
    return (ts.createWatchCompilerHost as (...all: unknown[]) => unknown)(files, options, overlaid, ...rest);
  };
  const readDocs = () => {
    if (areWanted) return;
    areWanted = true;
    for (const change of changes.values()) change();
  };
  return { ts: Object.assign({ ...ts }, { createWatchCompilerHost }) as unknown as Compiler, readDocs };
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path) && !isEarlierFile(path);
}

/** The same text with ordinary comments in their place. What is deprecated stays so, for completion puts it last. */
export function withoutDocs(declarations: string): string {
  return declarations.replace(DOCS, (whole, indent: string, text: string) =>
    text.includes("@deprecated") ? whole : `${indent}/* ${text}*/`,
  );
}
