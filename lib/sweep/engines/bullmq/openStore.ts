import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { folderStore } from "./folderStore";
import type { ResultStore } from "./resultStore";

/** The file by which a place is known again from another machine. */
const MARK = "place.txt";

/**
 * Opens the place that a sweep names for its results: a folder's absolute path, or `s3://bucket/prefix`.
 *
 * @throws RangeError, in one line, for another form, or where the variables for S3 are missing
 */
export async function openStore(place: string): Promise<ResultStore> {
  if (isAbsolute(place)) return folderStore(place);
  if (place.startsWith("s3://")) return (await import("./s3Store")).s3Store(place);
  throw new RangeError(`The place for results is "${place}"; give a folder, or s3://bucket/prefix`);
}

/** Marks a place as one for results, unless it is; resolves to its mark. */
export async function markPlace(store: ResultStore): Promise<string> {
  const found = await readMark(store);
  if (found !== undefined) return found;
  const mark = randomUUID();
  await store.create(MARK, `${mark}\n`);
  return (await readMark(store)) ?? mark; // of two that come at once, both get the same one
}

/**
 * Checks that a place is the one that the sweep means, and not a folder of the same name on another machine.
 *
 * @throws RangeError, in one line, where it is not
 */
export async function checkPlace(store: ResultStore, mark: string): Promise<void> {
  const isThere = !isAbsolute(store.shown) || existsSync(store.shown);
  const found = isThere ? await readMark(store) : undefined;
  if (found === mark) return;
  const what = found === undefined ? "is not here" : "is another one here";
  throw new RangeError(
    `The sweep's place for results, ${store.shown}, ${what}; share it with this machine, or give its path here as --results`,
  );
}

async function readMark(store: ResultStore): Promise<string | undefined> {
  return (await store.read(MARK))?.toString("utf8").trim();
}
