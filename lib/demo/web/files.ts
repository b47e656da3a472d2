import { randomUUID } from "node:crypto";
import { Refused } from "./refused";

/** A file in memory. */
export interface KeptFile {
  /** As it was called, made harmless for an address. */
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** Files in memory by a path that cannot be guessed; no disk is touched, so no path leads anywhere else. */
export interface Files {
  /** Keeps a file and gives its path. Throws a Refused with status 503 where there is no room. */
  keep(file: KeptFile): string;
  get(path: string): KeptFile | undefined;
  clear(): void;
}

/** How files are kept. */
export interface FilesOptions {
  /** The first part of every path. */
  folder: string;
  /** Of all files together. */
  bytes: number;
  /** Milliseconds after which a file is gone. */
  time: number;
  /** Milliseconds in which a file that nobody has asked for yet is safe from being dropped for a newer one, default 0. */
  safe?: number;
}

/** Bytes that a file costs beside its own. */
const COST = 500;

/** No files yet. */
export function newFiles({ folder, bytes: most, time, safe = 0 }: FilesOptions): Files {
  const kept = new Map<string, KeptFile & { since: number }>(); // the oldest first
  const asked = new Set<string>(); // of them those that have been, the first one first
  let bytes = 0;

  const drop = (path: string) => {
    bytes -= kept.get(path)!.bytes.length + COST;
    kept.delete(path);
    asked.delete(path);
  };

  /** Drops the first ones of a row while they are to go. */
  const dropWhile = (paths: Iterable<string>, isToGo: (path: string) => boolean) => {
    for (const path of paths)
      if (isToGo(path)) drop(path);
      else return;
  };

  const makeRoom = (wanted: number) => {
    const now = performance.now();
    const age = (path: string) => now - kept.get(path)!.since;
    const isFull = () => bytes + wanted > most;
    dropWhile(kept.keys(), (path) => age(path) > time);
    dropWhile(asked, isFull);
    dropWhile(kept.keys(), (path) => isFull() && age(path) >= safe);
    if (isFull())
      throw new Refused(503, "no_room", "There is no room for more files; try again in a minute.", { retryAfter: 60 });
  };

  return {
    keep(file) {
      makeRoom(file.bytes.length + COST);
      const path = `${folder}/${randomUUID()}/${file.name}`;
      kept.set(path, { ...file, since: performance.now() });
      bytes += file.bytes.length + COST;
      return path;
    },
    get(path) {
      const file = kept.get(path);
      if (!file || performance.now() - file.since > time) return undefined;
      asked.add(path);
      return file;
    },
    clear() {
      kept.clear();
      asked.clear();
      bytes = 0;
    },
  };
}

/** A name that can stand in an address as it is: letters, digits, dots, lines; its end kept, as that tells the kind. */
export function harmlessName(name: string): string {
  const plain = name.replace(/^.*[\\/]/, "").replace(/[^\w.-]+/g, "_").replace(/^\.+/, ""); // prettier-ignore
  return plain.slice(-80) || "file";
}
