import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { replaceFile } from "../../../files";
import { isRecord } from "../../../runner/notebook";
import { REPORT, type RowResult } from "../../rowResult";
import type { ResultStore } from "./resultStore";

/** How a row ended on a worker. */
export interface RowEnd {
  status: RowResult["status"];
  /** The exit code of its process, or the signal that ended it. */
  how: number | string;
  /** The seconds that its process took. */
  seconds: number;
  /** The worker's name. */
  worker: string;
  /** The files that it left. */
  files: string[];
}

/** The last file of a row that is written: with it, all others are there. */
const END = "end.json";

/** What a row's place has that is no result of it. */
const OWN = /(^|\/)\.|\.lock$|^end\.json$|^models\//;

/** How a row ended, as its files in this place say; undefined where it has not. */
export async function readRowEnd(store: ResultStore, id: string): Promise<RowEnd | undefined> {
  const bytes = await store.read(nameOf(id, END));
  if (!bytes) return undefined;
  try {
    const end: unknown = JSON.parse(bytes.toString("utf8"));
    return isRecord(end) && Array.isArray(end.files) ? (end as unknown as RowEnd) : undefined;
  } catch {
    return undefined; // cut short
  }
}

/** Takes away that a row has ended. */
export async function forgetRowEnd(store: ResultStore, id: string): Promise<void> {
  await store.remove(nameOf(id, END));
  await store.remove(nameOf(id, REPORT));
}

/** Brings a row's files from its folder to this place: the report next to last, and last how it ended. */
export async function publishRow(
  store: ResultStore,
  { id, folder }: { id: string; folder: string },
  end: Omit<RowEnd, "files">,
): Promise<void> {
  const names = reportLast(filesIn(folder).filter((name) => !OWN.test(name)));
  await forgetRowEnd(store, id);
  for (const name of names) await store.write(nameOf(id, name), readFileSync(join(folder, name)));
  await store.write(nameOf(id, END), JSON.stringify({ ...end, files: names }, null, 2) + "\n");
}

/**
 * Brings a row's files from this place to its folder.
 *
 * @throws Error, in one line, where one of them is missing; what the file system or the server says where it refuses
 */
export async function collectRow(
  store: ResultStore,
  { id, folder }: { id: string; folder: string },
  { files }: RowEnd,
): Promise<void> {
  if (join(store.shown, "rows", id) === folder) return;
  for (const name of reportLast(files.filter(isInside))) {
    const bytes = await store.read(nameOf(id, name));
    if (!bytes) throw new Error(`${store.shown} has lost ${name} of the row ${id}; run it again with --fresh`);
    replaceFile(join(folder, name), bytes);
  }
}

/** The files of a folder and of those in it, as a script's output, with slashes. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll("\\", "/"));
}

/** Whether a name leads nowhere else than into the folder. */
function isInside(name: string): boolean {
  return !/[\\:\0]/.test(name) && name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

function nameOf(id: string, file: string): string {
  return `rows/${id}/${file}`;
}

function reportLast(names: string[]): string[] {
  return [...names.filter((name) => name !== REPORT), ...names.filter((name) => name === REPORT)];
}
