import { readFileSync } from "fs";
import type { FallbackFiles } from "../fallbackFiles";
import { sumOf } from "./contentKeys";
import type { LinkedFile } from "./fileLinks";
import type { Trust } from "./importedFiles";

/**
 * Trusts those files of the library that are as they were installed, and reach no other: the check of all others takes a
 * first lesson ten seconds. A file that cannot be read as the list of their sums costs only time.
 *
 * @param list - path of a JSON file with the SHA-256 of each file, by its path within the library
 */
export function installedLibrary(list: string, fallback: Pick<FallbackFiles, "inLibrary">): Required<Trust> {
  let sums: Record<string, string> | undefined;
  const names = new Map<string, string | undefined>(); // a look at the disk for each
  const isUnchanged = (file: LinkedFile): boolean => {
    const { fileName } = file;
    if (!names.has(fileName)) names.set(fileName, fallback.inLibrary(fileName));
    const name = names.get(fileName);
    sums ??= readSums(list);
    return name !== undefined && sums[name] === sumOf(file);
  };
  const trusted: Required<Trust>["trusted"] = (files, links) => {
    const doubted = new Set<LinkedFile>(files.filter((file) => !isUnchanged(file)));
    const reachesDoubted = (file: LinkedFile) => links(file).some((other) => other !== undefined && doubted.has(other));
    for (let before = -1; before !== doubted.size;) {
      before = doubted.size;
      for (const file of files) if (!doubted.has(file) && reachesDoubted(file)) doubted.add(file);
    }
    return files.filter((file) => !doubted.has(file));
  };
  return { trusted };
}

function readSums(list: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(list, "utf8"));
  } catch {
    return {};
  }
}
