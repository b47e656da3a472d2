import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { pause } from "../../../runner/within";
import { REPORT } from "../../rowResult";
import type { RowState } from "../../runSweep";
import type { SweepRow } from "../../sweepFolder";
import type { EngineOptions } from "../engine";
import { gate } from "./gate";
import { collectRow, forgetRowEnd, readRowEnd, type RowEnd } from "./publishedRow";
import type { ResultStore } from "./resultStore";
import { endKey, type RowJob } from "./rowJob";
import { tellOfWorkers } from "./tellOfWorkers";
import { livingWorkers } from "./workerList";

/** What rows are queued with. */
export interface QueueOptions extends Pick<EngineOptions, "how" | "fresh" | "onChange" | "log" | "titleOf"> {
  redis: Redis;
  queue: Queue<RowJob, RowEnd>;
  /** The version of the code that workers must have. */
  version: string;
  store: ResultStore;
  jobOf: (row: SweepRow) => RowJob;
}

/** Rows in a queue. */
export interface QueuedRows {
  /**
   * Puts a row into the queue, waits until it has ended, and brings its results to its folder. Resolves to its exit code, or
   * the name of the signal that ended it; undefined where the sweep ended before the row had begun.
   */
  run: (row: SweepRow, at: { folder: string }) => Promise<number | string | undefined>;
  /** Looks no more; resolves when the last look has ended. */
  end: () => Promise<void>;
}

const LOOK = 0.2; // seconds between two looks at the queue
const LOOKS_AT_WORKERS = 5; // every so many looks
const LOOKS_AT_ALL = 15; // every so many looks: at rows that a look at the last ones may miss
const LAST = 100; // jobs of the last look that have ended
const AT_ONCE = 16; // files of the place that are read or written at a time
const KEPT = 3600; // seconds for which another sweep can see how a job ended
const END_LIFE = 30; // seconds for which a wish that a row ends is kept

/** A row that has been put into the queue. */
interface Queued {
  row: SweepRow;
  settle: (end: RowEnd | undefined) => void;
  fail: (error: Error) => void;
}

/** Opens the queue for these rows. Where they are in it already, as of an earlier start, they are waited for. */
export function queueRows(states: readonly RowState[], options: QueueOptions): QueuedRows {
  const queued = new Map<string, Queued>();
  const turn = gate(AT_ONCE);
  const next = gate(1);
  const work: Work = {
    ...options,
    states: new Map(states.map((state) => [state.row.id, state])),
    queued,
    seen: new Map(),
  };
  let isOver = false;
  const looking = (async () => {
    const tell = tellOfWorkers(options.version, options.log);
    for (let look = 0; !isOver; look++) {
      await lookAtQueue(work, look % LOOKS_AT_ALL === LOOKS_AT_ALL - 1).catch(() => {}); // the next one sees the same
      if (look % LOOKS_AT_WORKERS === 0) await livingWorkers(options.redis).then(tell, () => {});
      if (options.how.signal.aborted) await takeBack(work).catch(() => {});
      await pause(LOOK);
    }
  })();
  const run: QueuedRows["run"] = async (row, { folder }) => {
    const { store, fresh, how } = options;
    rmSync(join(folder, REPORT), { force: true });
    if (how.signal.aborted) return undefined;
    const waited = () =>
      new Promise<RowEnd | undefined>((settle, fail) => queued.set(jobId(row), { row, settle, fail }));
    const prepared = turn(() => prepare(row, work, fresh));
    prepared.catch(() => {}); // it is awaited when those before it are in the queue
    const put = await next(async () => {
      const end = await prepared;
      return { end, added: end ? undefined : add(row, work) };
    });
    await put.added;
    const end = put.end ?? (await waited().finally(() => queued.delete(jobId(row))));
    if (end) await turn(() => collectRow(store, { id: row.id, folder }, end));
    return end?.how;
  };
  const end = async () => {
    isOver = true;
    await Promise.race([looking, pause(LOOK)]); // it may wait for a Redis that is away
  };
  return { run, end };
}

interface Work extends QueueOptions {
  /** By row. */
  states: Map<string, RowState>;
  /** By job. */
  queued: Map<string, Queued>;
  /** The workers of the jobs that ran at the last look. */
  seen: Map<string, string>;
}

/** BullMQ takes no number as a name, and hexadecimal digits may be one. */
function jobId({ id }: SweepRow): string {
  return `row-${id}`;
}

/** Makes the queue ready for a row, unless it has ended well already: then it resolves to how. */
async function prepare(row: SweepRow, work: Work, isFresh: boolean): Promise<RowEnd | undefined> {
  const { queue, redis, store, version } = work;
  const id = jobId(row);
  const job = await queue.getJob(id);
  const isLeft = job !== undefined && job.finishedOn === undefined;
  if (isFresh && !isLeft) await forgetRowEnd(store, row.id);
  const end = await readRowEnd(store, row.id);
  if (end?.status === "ok" && !isLeft) return end;
  if (job && !isLeft) await job.remove();
  await redis.del(endKey(version, id));
  return undefined;
}

/** Puts a row into the queue, unless it is there. Workers take rows in the order in which this was called. */
async function add(row: SweepRow, { queue, jobOf }: Work): Promise<void> {
  const ended = { age: KEPT };
  await queue.add("row", jobOf(row), { jobId: jobId(row), removeOnComplete: ended, removeOnFail: ended });
}

/** Puts a row whose job has been lost, or is of no use, into the queue again. */
async function putAgain({ row, settle }: Queued, work: Work): Promise<void> {
  const end = await prepare(row, work, false);
  if (end) settle(end);
  else await add(row, work);
}

async function lookAtQueue(work: Work, isAtAll: boolean): Promise<void> {
  const { queue, queued } = work;
  const active = await queue.getActive();
  const ended = await queue.getJobs(["completed", "failed"], 0, isAtAll ? -1 : LAST - 1);
  for (const job of ended) await settle(job, work);
  for (const job of active) showRunning(job, work);
  const ids = new Set(active.map((job) => job.id));
  work.seen = new Map(active.map((job) => [job.id!, job.processedBy ?? "a worker"]));
  for (const { row } of [...queued.values()].filter((one) => !ids.has(jobId(one.row)))) showWaiting(row, work);
  if (isAtAll) await putLostAgain(work);
}

/** Hears how a job of ours has ended. */
async function settle(job: Job<RowJob, RowEnd>, work: Work): Promise<void> {
  const { queued, jobOf, how } = work;
  const own = queued.get(job.id!);
  if (!own) return;
  if (job.failedReason) return own.fail(new Error(job.failedReason));
  const isInterrupted = job.returnvalue.status === "interrupted" && !how.signal.aborted; // by another sweep
  if (isInterrupted || job.data.mark !== jobOf(own.row).mark) return putAgain(own, work);
  own.settle(job.returnvalue);
}

/** Where two looks meet it at the same worker: one may be about to give it back. */
function showRunning({ id, processedBy: place = "a worker" }: Job, { states, queued, seen, ...work }: Work): void {
  const state = states.get(queued.get(id!)?.row.id ?? "");
  if (!state || seen.get(id!) !== place || (state.status === "running" && state.place === place)) return;
  if (state.place !== undefined) work.log(`${work.titleOf(state.row)} goes on: ${place} has it now`);
  work.onChange(Object.assign(state, { status: "running", since: Date.now(), place }));
}

/** A row that ran and does not any more has been given back, or its worker is dead; or it has just ended. */
function showWaiting(row: SweepRow, { states, onChange }: Work): void {
  const state = states.get(row.id);
  if (state?.status === "running") onChange(Object.assign(state, { status: "waiting" }));
}

/** Redis may have come back without its data, or a job was removed. */
async function putLostAgain(work: Work): Promise<void> {
  const { queue, queued, how, log } = work;
  if (how.signal.aborted) return;
  const jobs = await queue.getJobs(["waiting", "active", "delayed", "prioritized", "completed", "failed"]);
  const ids = new Set(jobs.map((job) => job?.id));
  let lost = 0;
  for (const [id, own] of queued) {
    if (ids.has(id) || (await queue.getJobState(id)) !== "unknown") continue;
    await putAgain(own, work);
    lost++;
  }
  if (lost > 0) log(`${lost} rows were no longer in Redis; they are in the queue again`);
}

/** Takes the rows that wait out of the queue, and asks those that run to end. */
async function takeBack({ queue, queued, redis, version, how }: Work): Promise<void> {
  for (const [id, own] of queued) {
    const job = await queue.getJob(id);
    if (!job || (job.finishedOn === undefined && (await isRemoved(job)))) own.settle(undefined);
    else await redis.set(endKey(version, id), how.hurry.aborted ? "2" : "1", "EX", END_LIFE);
  }
}

/** Whether the job is gone; one that a worker holds stays. */
async function isRemoved(job: Job): Promise<boolean> {
  return job.remove().then(
    () => true,
    () => false,
  );
}
