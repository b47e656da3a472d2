/// <reference lib="dom" />
import { unzipSync, zipSync, type Zippable } from "fflate";
import { VIRTUAL_ROOT } from "../virtualRoot";

/** What a person takes along: files by their paths from the project's root, notebooks below `notebooks` among them. */
export type TakenFiles = Map<string, Uint8Array>;

const TEXT = /\.(ipynb|json|csv|txt|ts)$/;

/** Packs files into a .zip archive, which unpacked over a clone of the project puts each where Node looks for it. */
export function toArchive(files: TakenFiles): Uint8Array {
  const entries = [...files].map(([path, bytes]) => [path, [bytes, { level: TEXT.test(path) ? 6 : 0 }]]);
  return zipSync(Object.fromEntries(entries) as Zippable);
}

/**
 * Reads an archive that `toArchive` has made, or one with the same folders.
 *
 * @throws Error where it is no archive, or a path in it leads out of the folders that are kept
 */
export function parseArchive(bytes: Uint8Array): TakenFiles {
  const files = Object.entries(unpacked(bytes)).filter(([path]) => !path.endsWith("/"));
  for (const [path] of files)
    if (!/^(notebooks|data|home)\/./.test(path) || path.split("/").some((part) => part === ".." || part === ""))
      throw new Error(`the archive has a file "${path}"; give one with the folders notebooks, data and home, as Export makes it`); // prettier-ignore
  return new Map(files);
}

function unpacked(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch (error) {
    throw new Error(`the file cannot be read as a .zip archive (${(error as Error).message})`, { cause: error });
  }
}

/** The path in an archive of a file that is kept. */
export function archivePath(kept: string): string {
  return kept.startsWith(`${VIRTUAL_ROOT}/`) ? kept.slice(VIRTUAL_ROOT.length + 1) : kept.slice(1);
}

/** The path at which a file of an archive is kept. */
export function keptPath(path: string): string {
  return path.startsWith("home/") ? `/${path}` : `${VIRTUAL_ROOT}/${path}`;
}
