import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectRoot, shownPath } from "../../../files";
import { pause } from "../../../runner/within";
import { loadSubject } from "../../loadSubject";
import { namedRows } from "../../namedRows";
import type { FolderLock } from "../../../lock/folderLock";
import { readRowResult } from "../../rowResult";
import { type RowOptions, runRow } from "../../runRow";
import type { JobLease } from "./holdJob";
import { checkPlace, openStore } from "./openStore";
import { LET_GO } from "../../leash";
import { publishRow, readRowEnd, type RowEnd } from "./publishedRow";
import type { ResultStore } from "./resultStore";
import { shareCheckpoints, type SharedCheckpoints } from "./shareCheckpoints";
import { type RowJob, workVersion } from "./rowJob";

/** How a worker runs a job. */
export interface RunJobOptions {
  /** The worker's name, and the version of its code when it began. */
  worker: { name: string; version: string };
  lease: JobLease;
  /** The folder of this machine in which the row runs. */
  folder: string;
  /** Where the job's place for results is on this machine, if not where the job says. */
  results?: string;
  /** Aborted when the worker is to end. */
  signal: AbortSignal;
  hurry: AbortSignal;
  /** Aborted when the sweep asks the row to end. */
  wanted: { end: AbortSignal; hurry: AbortSignal };
  /** Hears what keeps a result from its place, and again when that is over. */
  onTrouble: (trouble: string | undefined) => void;
}

/** Why a worker cannot run a row that others may be able to run: its message is for people, in one line. */
export class Trouble extends Error {}

/**
 * Runs a row and brings its results to their place; where they are there already, nothing is run. Resolves to how the row has
 * ended, or undefined where it has not: another worker has it now, or this one is to end.
 *
 * @throws Trouble where this machine cannot run it
 */
export async function runJob(job: RowJob, options: RunJobOptions): Promise<RowEnd | undefined> {
  const { worker, lease, folder, wanted } = options;
  const store = await reached(options.results ?? job.results, job.mark);
  const before = await readRowEnd(store, job.row.id);
  if (before?.status === "ok") return before;
  const { how, seconds, checkpoints } = await runHere(job, options, store);
  const status = readRowResult(folder)?.status ?? "failed";
  const isEnding = options.signal.aborted && !wanted.end.aborted;
  if (lease.lost.aborted || (isEnding && status !== "ok")) return undefined;
  if (how === LET_GO) return undefined; // we were paused
  if (status === "failed") [folder, modelsOf(job, options)].forEach(checkRoom);
  const shown = wanted.end.aborted && status !== "ok" ? "interrupted" : status;
  const end = { status: shown, how, seconds, worker: worker.name };
  const published = await publish(store, { job, end }, options);
  if (published?.status === "ok") await checkpoints?.remove();
  return published;
}

const MODELS = "models"; // the folder of models in a place, or in the folder of a row
const NO_LOCK: FolderLock = { share: () => {}, isLost: () => false, release: () => {} }; // the job is the lock
const RETRY = 2; // seconds between two attempts to bring a result to its place
const ROOM = 1 << 20; // bytes that a disk which is not full takes

/** The place for results, once it is known to be the right one and this machine to have the same code. */
async function reached(place: string, mark: string): Promise<ResultStore> {
  try {
    const store = await openStore(place);
    await checkPlace(store, mark);
    return store;
  } catch (error) {
    throw new Trouble((error as Error).message);
  }
}

interface RanHere {
  how: number | string;
  seconds: number;
  /** Those at a place that is no folder. */
  checkpoints?: SharedCheckpoints;
}

async function runHere(job: RowJob, options: RunJobOptions, store: ResultStore): Promise<RanHere> {
  const { folder, lease } = options;
  const own = rowOptions(job, options);
  const isFolder = job.models !== undefined;
  const checkpoints = isFolder ? undefined : await shareCheckpoints(store, job.row.id, modelsOf(job, options));
  const begun = performance.now();
  try {
    const how = await runRow(job.row, own, { folder, lock: NO_LOCK });
    return { how, seconds: (performance.now() - begun) / 1000, checkpoints };
  } finally {
    await checkpoints?.stop({ isOurs: !lease.lost.aborted });
  }
}

/** Where the row keeps models and checkpoints on this machine. */
function modelsOf({ models }: RowJob, { folder, results }: RunJobOptions): string {
  if (models === undefined) return join(folder, MODELS);
  return results === undefined ? models : join(results, MODELS);
}

function rowOptions(job: RowJob, options: RunJobOptions): RowOptions {
  const { worker, lease, signal, hurry, wanted } = options;
  const { threads, code, timeout } = job;
  if (workVersion() !== worker.version)
    throw new Trouble("the code here has changed since this worker began; start it again");
  return {
    ...{ notebook: ownNotebook(job), threads, code, timeout, leash: lease.lost },
    signal: AbortSignal.any([signal, wanted.end]),
    hurry: AbortSignal.any([hurry, wanted.hurry]),
    env: { ATELIER_MODELS: modelsOf(job, options) },
  };
}

/** The notebook on this machine, which must be the same: the row's name says so. */
function ownNotebook({ row, notebook }: RowJob): string {
  const file = resolve(projectRoot, notebook);
  if (!existsSync(file)) throw new Trouble(`there is no ${shownPath(file)} here; copy it to the same place`);
  const [own] = namedRows(loadSubject(file), [row.parameters]);
  if (own.id !== row.id) throw new Trouble(`${shownPath(file)} differs from the sweep's here; copy that one`);
  return file;
}

/** Refuses to take for the row's own failure what a full disk may have done. */
function checkRoom(folder: string): void {
  const probe = join(folder, `.room-${randomUUID()}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, new Uint8Array(ROOM));
  } catch (error) {
    throw new Trouble(`nothing can be written to ${folder}: ${(error as Error).message}`);
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Tries until it is done, the right to do so is lost, or the worker is to end. */
async function publish(
  store: ResultStore,
  { job, end }: { job: RowJob; end: Omit<RowEnd, "files"> },
  { folder, lease, signal, onTrouble }: RunJobOptions,
): Promise<RowEnd | undefined> {
  const { id } = job.row;
  for (let isFine = true; ; isFine = false) {
    try {
      if (!(await lease.renew())) return undefined;
      const before = await readRowEnd(store, id);
      if (before?.status === "ok") return before;
      await publishRow(store, { id, folder }, end);
      if (!isFine) onTrouble(undefined);
      return await readRowEnd(store, id);
    } catch (error) {
      onTrouble(`a result cannot be written to ${store.shown}: ${(error as Error).message}`);
      if (signal.aborted) return undefined;
      await pause(RETRY);
    }
  }
}
