import { randomInt } from "node:crypto";
import { kill } from "node:process";
import { codeVersion } from "../../../files";
import { pause } from "../../../runner/within";
import { loadSubject } from "../../loadSubject";
import { namedRows } from "../../namedRows";
import { folderHolder, type FolderLock, takeFolder } from "../../../lock/folderLock";
import { lastWords, readRowResult } from "../../rowResult";
import { runRow } from "../../runRow";
import { ownJob } from "../../../lock/slurmJob";
import { rowFolder, type SweepRow } from "../../sweepFolder";
import { loadSubmission, type Submission } from "./submission";

/** How a task runs. */
export interface TaskOptions {
  /** The folder of all runs. */
  runs: string;
  /** Aborted, they ask the row to end in order, and at once. */
  signal: AbortSignal;
  hurry: AbortSignal;
  /** Prints a line. */
  log: (line: string) => void;
  /** Seconds between two looks whether the row is still this task's; 1 by default. */
  look?: number;
}

/** A row that a task is to run. */
export interface RowTask {
  how: Submission["how"];
  row: SweepRow;
}

/**
 * Reads the row of a task.
 *
 * @param file - the rows of its submission
 * @throws RangeError, in one line, for a row that there is not, or a notebook that has changed since
 */
export function loadTask(file: string, index: number): RowTask {
  const { how, rows } = loadSubmission(file);
  const { [index]: row } = rows;
  if (!row) throw new RangeError(`${file} has no row ${index}; it has 0 to ${rows.length - 1}`);
  const [now] = namedRows(loadSubject(how.notebook), [row.parameters]);
  if (now.id === row.id) return { how, row };
  throw new RangeError(`${how.notebook} has changed since row ${row.id} was submitted; start the sweep again`);
}

/** Runs the row of a task, unless it is finished or another process runs it. Resolves to the exit code. */
export async function runTask({ how, row }: RowTask, options: TaskOptions): Promise<number> {
  const folder = rowFolder(options.runs, row.id);
  const lock = await takeRow(folder, options);
  if (!lock) return tell(options, `Row ${row.id} runs already, ${holderOf(folder)}`);
  try {
    if (readRowResult(folder)?.status === "ok") return tell(options, `Row ${row.id} is finished already`);
    if (ownJob()?.restarts) await pause(WAITS * (options.look ?? LOOK)); // an earlier start that still lives ends by then
    const ended = await guarded({ how, row, folder, lock }, options);
    options.log(`Row ${row.id} has ended: ${readRowResult(folder)?.status ?? lastWords(folder, ended)}`);
    return typeof ended === "number" ? ended : 1;
  } finally {
    lock.release();
  }
}

/**
 * Takes the folder of a row; undefined where another process keeps it. It may be held for a moment only, by a process that submits
 * the row; and of two tasks that come at once neither gets it, until one comes later than the other.
 */
async function takeRow(folder: string, { look = LOOK }: TaskOptions): Promise<FolderLock | undefined> {
  for (let tries = 1; ; tries++) {
    const lock = takeFolder(folder);
    if (lock || tries === TRIES) return lock;
    await pause((look * randomInt(1000)) / 1000);
  }
}

const LOOK = 1; // s
const TRIES = 6; // of taking a row, within about three looks
const WAITS = 3; // looks in which whoever has lost its row sees that

function tell({ log }: TaskOptions, line: string): number {
  log(line);
  return 0;
}

function holderOf(folder: string): string {
  const { host, pid, job } = folderHolder(folder) ?? {};
  return `on ${host ?? "another machine"} ${job ? `in job ${job.id}` : `as process ${pid ?? ""}`}`;
}

interface Guarded extends RowTask {
  folder: string;
  lock: FolderLock;
}

/**
 * Runs the row, and kills it where it is lost: a node that Slurm could not reach may live, and the row has begun elsewhere.
 */
async function guarded({ how, row, folder, lock }: Guarded, options: TaskOptions): Promise<number | string> {
  const { signal, hurry, log, look = LOOK } = options;
  const pids: number[] = [];
  const timer = setInterval(() => {
    if (!lock.isLost()) return;
    log(`Row ${row.id} has been taken over; it is ended here`);
    clearInterval(timer);
    for (const pid of pids) killGroup(pid);
  }, look * 1000);
  const share = (pid: number) => {
    pids.push(pid);
    lock.share(pid);
  };
  const at = { folder, lock: { ...lock, share } };
  return runRow(row, { ...how, code: codeVersion(["."]), signal, hurry }, at).finally(() => clearInterval(timer));
}

/** The row's process leads a group. */
function killGroup(pid: number): void {
  try {
    kill(-pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}
