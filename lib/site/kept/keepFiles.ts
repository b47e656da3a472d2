/// <reference lib="dom" />
import { addRemote, contentOf, dropFile, onChange, onSync } from "../machine/fs";
import { VIRTUAL_ROOT } from "../virtualRoot";
import { keptChannel, type KeptChange } from "./keptChannel";
import type { KeptStorage } from "./keptStorage";

/** How files are kept. */
export interface KeepOptions {
  /** The folders of the tab's file system of which files are kept. */
  folders: string[];
  /** The path of the site. */
  site: string;
  /** Hears, in words for people, what could not be kept: once until something can be kept again. */
  report: (line: string) => void;
}

/** What is of no use once its kernel has ended: half a file, and the sign that somebody works in a folder. */
const PASSING = /(^|\/)\.[^/]*\.part$|\.lock$/;

/**
 * Puts kept files into the tab's file system, each read when a cell reads it. From then on it keeps what cells write, soon after it
 * is written; `fsync` waits for that. Other kernels of the site see what one has kept.
 */
export async function keepFiles(storage: KeptStorage, { folders, site, report }: KeepOptions): Promise<void> {
  const isKept = (path: string) => folders.some((folder) => path.startsWith(`${folder}/`));
  for (const [path, blob] of await storage.files()) if (isKept(path)) addRemote(path, URL.createObjectURL(blob));
  const changed = new Set<string>();
  const channel = keptChannel(site);
  let working: Promise<void> | undefined;
  let isTold = false;

  const keep = async (path: string) => {
    const content = contentOf(path);
    try {
      await (content ? storage.write(path, content) : storage.remove(path));
      isTold = false;
      channel.postMessage({ path } satisfies KeptChange);
    } catch (error) {
      if (!isTold) report(whyNot(path, error as Error));
      isTold = true;
    }
  };
  const work = async () => {
    await undefined; // whoever changes files now has done so
    for (let [path] = changed; path !== undefined; [path] = changed) {
      changed.delete(path);
      await keep(path);
    }
    working = undefined;
  };
  const note = (path: string) => {
    if (PASSING.test(path)) return;
    changed.add(path);
    working ??= work();
  };

  for (const folder of folders) onChange(folder, note);
  onSync(async () => working);
  channel.onmessage = async ({ data: { path } }: MessageEvent<KeptChange>) => {
    const blob = await storage.read(path);
    if (!isKept(path) || changed.has(path)) return;
    if (blob) addRemote(path, URL.createObjectURL(blob));
    else dropFile(path);
  };
}

function whyNot(path: string, { name, message }: Error): string {
  const start = `${path.replace(`${VIRTUAL_ROOT}/`, "")} is not kept, and ends with this kernel: this browser's storage`;
  if (name !== "QuotaExceededError") return `${start} failed (${message})`;
  return `${start} is full. To make room, choose "Remove Kept Models and Files" in the command palette, then run the cell again`;
}
