import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { replaceFile } from "../files";
import { isRecord } from "../runner/notebook";

/** The right to run a row. */
export interface RowLock {
  /** Lets another process hold the row too, until it ends: the row stays held if we die and it lives on. */
  share(pid: number): void;
  release(): void;
}

/** A process that holds a row. */
export interface RowHolder {
  host: string;
  pid: number;
  /** When the process began, as its system counts it; null where that cannot be found out. */
  started: string | null;
}

const ENDING = ".lock";

/**
 * Takes a row's folder for this process, or gives undefined where a living process holds it. Each holder has a file of its
 * own there, written before the others are looked at: of two that come at once at most one gets the row. Holders that have
 * died are cleared away. Whether a process on another machine lives cannot be told, so its hold counts.
 */
export function takeRow(folder: string): RowLock | undefined {
  const own = [writeHold(folder, process.pid)];
  const others = holdsIn(folder).filter((file) => !own.includes(file));
  const [living] = others.filter((file) => isHeld(join(folder, file)));
  const release = () => own.forEach((file) => rmSync(join(folder, file), { force: true }));
  if (living !== undefined) return void release();
  for (const file of others) rmSync(join(folder, file), { force: true });
  return { share: (pid) => void own.push(writeHold(folder, pid)), release };
}

/** Who holds a row; undefined where nobody does. */
export function rowHolder(folder: string): RowHolder | undefined {
  const living = holdsIn(folder).filter((file) => isHeld(join(folder, file)));
  return living.length > 0 ? readHolder(join(folder, living[0])) : undefined;
}

function writeHold(folder: string, pid: number): string {
  const file = `${pid}-${randomBytes(4).toString("hex")}${ENDING}`;
  const holder: RowHolder = { host: hostname(), pid, started: startOf(pid) };
  replaceFile(join(folder, file), JSON.stringify(holder) + "\n");
  return file;
}

function holdsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(ENDING));
}

/** Whether the process behind a file lives. One with the same number that began at another time is another one. */
function isHeld(file: string): boolean {
  const holder = readHolder(file);
  if (!holder) return false;
  if (holder.host !== hostname()) return true;
  return isAlive(holder.pid) && (holder.started === null || holder.started === startOf(holder.pid));
}

function readHolder(file: string): RowHolder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(holder) && typeof holder.pid === "number" ? (holder as unknown as RowHolder) : undefined;
  } catch {
    return undefined; // it has just been given up
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it lives, and is somebody else's
  }
}

/** On Linux, from /proc/PID/stat: ticks since the machine started, which no change of the clock moves. */
function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return null;
  }
}
