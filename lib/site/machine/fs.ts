import process from "node:process";
import { createFsFromVolume, Volume } from "memfs";
import { fetchNow } from "./fetchNow";

/** Its relative paths start in the folder of the process. */
const vol = Volume.fromNestedJSON({}, "/", { process });
const memory = createFsFromVolume(vol);

type FileSystem = typeof import("fs");
type Call = (...given: unknown[]) => unknown;

/** Files that are there, but were not fetched yet: their addresses by their paths. */
const remote = new Map<string, string>();

/** Whether files change although no cell has changed them. */
let isQuiet = false;

function quietly(work: () => void): void {
  isQuiet = true;
  try {
    work();
  } finally {
    isQuiet = false;
  }
}

/** Puts a file there that is fetched when it is first read. */
export function addRemote(path: string, address: string): void {
  quietly(() => {
    memory.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    memory.writeFileSync(path, "");
  });
  remote.set(path, address);
}

/** Takes a file, or a folder with all that is in it, away. */
export function dropFile(path: string): void {
  remote.delete(path);
  quietly(() => memory.rmSync(path, { recursive: true, force: true }));
}

/** Puts texts or bytes there, by their paths. */
export function addFiles(files: Record<string, string | Uint8Array>): void {
  vol.fromJSON(files as Record<string, string>);
}

/** What cells have written to a file; undefined where there is none. */
export function contentOf(path: string): Uint8Array | undefined {
  const isFile = memory.statSync(path, { throwIfNoEntry: false })?.isFile();
  return isFile ? (memory.readFileSync(path) as Uint8Array) : undefined;
}

/** Hears the path of each file below a folder that cells write, and of each file or folder that they take away. */
export function onChange(folder: string, listener: (path: string) => void): void {
  memory.mkdirSync(folder, { recursive: true });
  memory.watch(folder, { recursive: true, persistent: false }, (_kind, name) => {
    const path = `${folder}/${String(name)}`;
    if (isQuiet) return;
    remote.delete(path);
    filesAt(path).forEach(listener);
  });
}

/** The files in a folder that was moved as a whole; of anything else the path itself. */
function filesAt(path: string): string[] {
  if (!memory.statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const names = memory.readdirSync(path, { recursive: true }) as string[];
  return names.map((name) => `${path}/${name}`).filter((file) => memory.statSync(file).isFile());
}

/** Has `fsync` wait until what was written is where it outlives the tab. */
export function onSync(wait: () => Promise<void>): void {
  const fsync = (_file: number, done: (error: null) => void) => void wait().then(() => done(null));
  Object.assign(vol, { fsync });
  Object.assign(fs, { fsync });
}

/** Fetches a file that is about to be read, if it is one of those. */
function fetchFile(path: unknown): void {
  if (remote.size === 0 || typeof path === "number" || !memory.existsSync(path as string)) return;
  const real = String(memory.realpathSync(path as string));
  const address = remote.get(real);
  if (address === undefined) return;
  remote.delete(real);
  try {
    quietly(() => memory.writeFileSync(real, fetchNow(address)));
  } catch (error) {
    remote.set(real, address);
    throw error;
  }
}

/** As `fetchFile`, with all files of a folder. */
function fetchAll(path: unknown): void {
  if (remote.size === 0 || !memory.existsSync(path as string)) return;
  const real = String(memory.realpathSync(path as string));
  for (const file of [...remote.keys()]) if (file === real || file.startsWith(`${real}/`)) fetchFile(file);
}

const READING = ["readFileSync", "openSync", "statSync", "lstatSync", "copyFileSync", "appendFileSync", "truncateSync", "readFile", "open", "stat", "lstat", "createReadStream", "copyFile", "appendFile", "truncate"]; // prettier-ignore
const MOVING = ["renameSync", "rename", "cpSync", "cp", "linkSync", "link"];

/** The same calls, which fetch what they are to read. */
function fetching<Calls extends object>(calls: Calls): Calls {
  const wrapped = (names: string[], before: (path: unknown) => void) =>
    (Object.entries(calls) as [string, Call][])
      .filter(([name]) => names.includes(name))
      .map(([name, call]) => [
        name,
        (path: unknown, ...more: unknown[]) => {
          before(path);
          return call.call(calls, path, ...more);
        },
      ]);
  const all = [...wrapped(READING, fetchFile), ...wrapped(MOVING, fetchAll)];
  return Object.assign(Object.create(calls), Object.fromEntries(all));
}

/** Node's `fs`, on files in the tab's memory. */
export const fs = { ...memory, ...fetching(memory as object), promises: fetching(memory.promises) } as unknown as FileSystem; // prettier-ignore
