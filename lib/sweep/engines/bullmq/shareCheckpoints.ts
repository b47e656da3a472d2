import { existsSync, readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { replaceFile } from "../../../files";
import type { ResultStore } from "./resultStore";

/** Checkpoints that other machines can go on from. */
export interface SharedCheckpoints {
  /** Brings nothing any more; what is new now a last time, unless somebody else has the row. */
  stop(how: { isOurs: boolean }): Promise<void>;
  /** Removes them from the place, after `stop`: the row has ended, they are of no use any more. */
  remove(): Promise<void>;
}

const PERIOD = 2000; // ms between two looks for new files
const LIST = "files.json";
const PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/**
 * Brings the checkpoints that a row has at the place for results to this folder, and from then on what is new in it to that
 * place. It is for places that are no folder; there, machines share the folder itself.
 */
export async function shareCheckpoints(store: ResultStore, id: string, folder: string): Promise<SharedCheckpoints> {
  const nameOf = (file: string) => `models/${id}/${file}`;
  const there = await readList(store, nameOf(LIST));
  for (const file of there) {
    const bytes = await store.read(nameOf(file));
    if (bytes) replaceFile(join(folder, file), bytes);
  }
  let known = stampsIn(folder);
  const bring = async () => {
    const now = stampsIn(folder);
    const fresh = [...now].filter(([file, stamp]) => known.get(file) !== stamp);
    if (fresh.length === 0) return;
    for (const [file] of fresh) await store.write(nameOf(file), await readFile(join(folder, file)));
    await store.write(nameOf(LIST), JSON.stringify([...now.keys()]));
    known = now;
  };
  let bringing = Promise.resolve();
  const next = () => (bringing = bringing.then(bring).catch(() => {})); // what failed is new at the next look too
  const timer = setInterval(() => void next(), PERIOD);
  const stop = async ({ isOurs }: { isOurs: boolean }) => {
    clearInterval(timer);
    await (isOurs ? next() : bringing);
  };
  const remove = async () => {
    const files = await readList(store, nameOf(LIST));
    for (const file of files.length > 0 ? [LIST, ...files] : []) await store.remove(nameOf(file));
  };
  return { stop, remove };
}

async function readList(store: ResultStore, name: string): Promise<string[]> {
  const bytes = await store.read(name);
  const list: unknown = bytes ? JSON.parse(bytes.toString("utf8")) : [];
  return Array.isArray(list) ? list.map(String).filter((file) => PATH.test(file)) : [];
}

/** The files below a folder, drafts excepted, with what changes when they are written. */
function stampsIn(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true }) as string[];
  const files = names.flatMap((name): [string, string][] => {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    const file = name.split(sep).join("/");
    return stats?.isFile() && PATH.test(file) ? [[file, `${stats.size} ${stats.mtimeMs}`]] : [];
  });
  return new Map(files);
}
