import { randomUUID } from "node:crypto";
import { once, setMaxListeners } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, hostname } from "node:os";
import { join } from "node:path";
import { type Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { isAlive } from "../../../lock/isAlive";
import { pause, within } from "../../../runner/within";
import { rowsAtOnce } from "../../rowsAtOnce";
import { attendJob } from "./attendJob";
import { LEASE } from "./holdJob";
import { endKey, PREFIX, queueName, type RowJob, workVersion } from "./rowJob";
import { announceWorker, dismissWorker, type WorkerFacts } from "./workerList";

/** What a worker is like. */
export interface WorkerOptions {
  name: string;
  /** Rows at a time; as many as the machine bears by default. */
  atOnce?: number;
  /** Where the place for results is on this machine, if not where the sweeps say. */
  results?: string;
  /** The folder of runs; rows run in a folder of the worker's own there. */
  runs: string;
  /** Aborted, running rows end in order and go back to the queue. */
  signal: AbortSignal;
  hurry: AbortSignal;
  log: (line: string) => void;
}

/** A row that runs, and how it is asked to end. */
interface Running {
  end: AbortController;
  hurry: AbortController;
}

const REST = 5; // seconds for which a worker takes nothing after trouble
const BEAT = 1000; // ms between two signs of life
const LOOK = 0.1; // seconds between two looks for a free slot
const BLOCK = 1; // seconds for which an empty queue is listened to at a time
const CHECK = 1000; // ms between two looks for the jobs of workers that have died
const FAREWELL = 3; // seconds that the last words to a Redis which is away may take

/** Takes rows of its own version from the queue and runs them, until `signal` is aborted. */
export async function runWorker(redis: Redis, options: WorkerOptions): Promise<void> {
  const { signal, hurry, runs } = options;
  setMaxListeners(0, signal, hurry);
  const folder = ownFolder(join(runs, "workers"));
  const atOnce = options.atOnce ?? slotsFor(UNKNOWN);
  const facts: WorkerFacts = { id: randomUUID(), name: options.name, version: workVersion(), atOnce };
  const running = new Map<string, Running>();
  const queue = openQueue(redis, facts);
  const stopBeating = keepBeating(() => beat(redis, facts, running));
  await queue.startStalledCheckTimer();
  await takeRows(queue, { facts, running, redis, folder, options });
  stopBeating();
  await within(FAREWELL, dismissWorker(redis, facts.id));
  await within(FAREWELL, queue.close(true));
  rmSync(folder, { recursive: true, force: true });
}

/** What a row takes of a machine. */
type RowShare = Pick<RowJob, "threads" | "rowMemory">;

/** What a row is taken to need until the first one says it. */
const UNKNOWN: RowShare = { threads: 1, rowMemory: 0 };

interface Work {
  facts: WorkerFacts;
  running: Map<string, Running>;
  redis: Redis;
  folder: string;
  options: WorkerOptions;
}

function openQueue(redis: Redis, { version, name }: WorkerFacts): Worker<RowJob> {
  const queue = new Worker<RowJob>(queueName(version), null, {
    ...{ connection: redis, prefix: PREFIX, name, autorun: false, drainDelay: BLOCK },
    ...{ lockDuration: LEASE, stalledInterval: CHECK, maxStalledCount: Number.MAX_SAFE_INTEGER },
  });
  queue.on("error", () => {}); // the connection says itself when it is lost, and BullMQ tries again
  return queue;
}

/** Resolves when the worker is to end and no row runs any more. */
async function takeRows(queue: Worker<RowJob>, work: Work): Promise<void> {
  const { facts, running, options } = work;
  let rested = 0;
  let needs: RowShare = UNKNOWN;
  while (!options.signal.aborted || running.size > 0) {
    facts.atOnce = options.atOnce ?? slotsFor(needs);
    const isFull = running.size >= facts.atOnce || (running.size > 0 && process.availableMemory() < needs.rowMemory);
    if (isFull || options.signal.aborted || performance.now() < rested) await pause(LOOK);
    else {
      const job = await unlessLeft(nextJob(queue), options.signal);
      if (job) needs = job.data;
      if (job) void attend(job, work).then((isFine) => (rested = isFine ? 0 : performance.now() + REST * 1000));
    }
  }
}

/** What a call gives; undefined where it goes on some seconds after the worker was asked to end, as a Redis that is away answers nothing. */
async function unlessLeft<T>(call: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const over = new AbortController();
  const asked = once(signal, "abort", { signal: over.signal }).then(() => pause(FAREWELL));
  const left = asked.catch(() => {}).then(() => undefined);
  try {
    return await Promise.race([call, left]);
  } finally {
    over.abort();
  }
}

async function nextJob(queue: Worker<RowJob>): Promise<Job<RowJob> | undefined> {
  const job: Job<RowJob> | undefined = await queue.getNextJob(randomUUID());
  return job;
}

/** Whether this machine can run rows. */
async function attend(job: Job<RowJob>, { facts, running, redis, folder, options }: Work): Promise<boolean> {
  const row: Running = { end: new AbortController(), hurry: new AbortController() };
  const onTrouble = (trouble: string | undefined) => tellTrouble(facts, trouble, options.log);
  const wanted = { end: row.end.signal, hurry: row.hurry.signal };
  running.set(job.id!, row);
  try {
    await attendJob(job, { ...options, worker: facts, redis, folder, wanted, onTrouble });
    onTrouble(undefined);
    return true;
  } catch (error) {
    onTrouble((error as Error).message.split("\n")[0]);
    return false;
  } finally {
    running.delete(job.id!);
  }
}

function tellTrouble(facts: WorkerFacts, trouble: string | undefined, log: WorkerOptions["log"]): void {
  if (trouble === facts.trouble) return;
  log(trouble === undefined ? "takes rows again" : `takes no rows: ${trouble}`);
  facts.trouble = trouble;
}

function slotsFor({ threads, rowMemory }: RowShare): number {
  return rowsAtOnce({ cores: availableParallelism(), memory: process.availableMemory(), threads, rowMemory });
}

/** Says that the worker lives, and hears which rows are to end. */
async function beat(redis: Redis, facts: WorkerFacts, running: Map<string, Running>): Promise<void> {
  await announceWorker(redis, facts);
  const ids = [...running.keys()];
  if (ids.length === 0) return;
  const wishes = await redis.mget(ids.map((id) => endKey(facts.version, id)));
  ids.forEach((id, index) => {
    if (wishes[index] !== null) running.get(id)?.end.abort();
    if (wishes[index] === "2") running.get(id)?.hurry.abort();
  });
}

/** Calls it now and every second, never twice at a time; gives what ends that. */
function keepBeating(call: () => Promise<void>): () => void {
  let isBusy = false;
  const tick = async () => {
    if (isBusy) return;
    isBusy = true;
    await call().catch(() => {}); // the next one tells the same
    isBusy = false;
  };
  void tick();
  const timer = setInterval(() => void tick(), BEAT);
  return () => clearInterval(timer);
}

/** A folder for this process; those of this machine's processes that have died are removed. */
function ownFolder(all: string): string {
  for (const name of existsSync(all) ? readdirSync(all) : []) {
    const [, host, pid] = /^(.*)-(\d+)$/.exec(name) ?? [];
    if (host === hostname() && !isAlive(Number(pid))) rmSync(join(all, name), { recursive: true, force: true });
  }
  return join(all, `${hostname()}-${process.pid}`);
}
