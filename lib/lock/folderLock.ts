import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { replaceFile } from "../files";
import { isAlive } from "./isAlive";
import { isEarlierStart, isJobRunning, ownJob, type SlurmJob } from "./slurmJob";

/** The right to work in a folder. */
export interface FolderLock {
  /** Lets another process hold the folder too, until it ends: the folder stays held if we die and it lives on. */
  share(pid: number): void;
  /** Whether another process has taken the folder over, since it counted us as dead. */
  isLost(): boolean;
  release(): void;
}

/** A process that holds a folder. */
export interface FolderHolder {
  host: string;
  pid: number;
  /** When the process began, as its system counts it; null where that cannot be found out. */
  started: string | null;
  /** The job of Slurm in which it runs, if it does. */
  job?: SlurmJob;
}

const ENDING = ".lock";
const BEAT = 20; // seconds between two signs of life
const PATIENCE = 120; // seconds without one

/**
 * Takes a folder for this process, or gives undefined where a living process holds it, this one among them. Each holder has
 * a file of its own there, written before the others are looked at: of two that come at once at most one gets the folder.
 *
 * Holders that have died are cleared away. Of a process on this machine the system says at once whether it lives. On a
 * folder that machines share, each holder writes its files anew now and then: one of another machine that has not done so
 * for two minutes, by the clock of the file system, counts as dead. Of a process in a job of Slurm, Slurm says whether the job
 * runs, where it can be asked; when it starts a job anew, it has ended the earlier start.
 *
 * @param options.beat - seconds between two signs of life, default 20
 */
export function takeFolder(folder: string, { beat = BEAT } = {}): FolderLock | undefined {
  const own = [writeHold(folder, process.pid)];
  const release = () => own.forEach((file) => rmSync(file, { force: true }));
  const now = changed(own[0]);
  const others = holdsIn(folder).filter((file) => !own.includes(file));
  if (others.some((file) => isHeld(file, now))) return void release();
  for (const file of others) rmSync(file, { force: true });
  const timer = setInterval(() => own.forEach(giveSign), beat * 1000).unref();
  return {
    share: (pid) => void own.push(writeHold(folder, pid)),
    isLost: () => own.some(isGone),
    release: () => {
      clearInterval(timer);
      release();
    },
  };
}

/** Who holds a folder; undefined where nobody does. */
export function folderHolder(folder: string): FolderHolder | undefined {
  const living = holdsIn(folder).find((file) => isHeld(file, Date.now()));
  return living === undefined ? undefined : readHolder(living);
}

function writeHold(folder: string, pid: number): string {
  const file = join(folder, `${pid}-${randomBytes(4).toString("hex")}${ENDING}`);
  const holder: FolderHolder = { host: hostname(), pid, started: startOf(pid), job: ownJob() };
  replaceFile(file, JSON.stringify(holder) + "\n");
  return file;
}

/** Writes a file's own content to it, so that the file system notes the time. */
function giveSign(file: string): void {
  try {
    writeFileSync(file, readFileSync(file), { flag: "r+" });
  } catch {
    // somebody has taken it away, or the disk is full: others may then take the folder
  }
}

function holdsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  return names.map((name) => join(folder, name));
}

/** Whether the process behind a file lives. One with the same number that began at another time is another one. */
function isHeld(file: string, now: number): boolean {
  const holder = readHolder(file);
  if (!holder || (holder.job && isEarlierStart(holder.job))) return false;
  if (holder.host !== hostname())
    return (holder.job && isJobRunning(holder.job)) ?? now - changed(file) < PATIENCE * 1000;
  return isAlive(holder.pid) && (holder.started === null || holder.started === startOf(holder.pid));
}

function readHolder(file: string): FolderHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8")) as FolderHolder | null;
    return typeof holder?.pid === "number" ? holder : undefined;
  } catch {
    return undefined; // it has just been given up
  }
}

function changed(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}

/** By opening it: on a folder that machines share, only that asks the server. */
function isGone(file: string): boolean {
  try {
    readFileSync(file);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
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
