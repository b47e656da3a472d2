import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "bullmq";
import type { Redis } from "ioredis";
import { duration } from "../../../text";
import { readRowResult } from "../../rowResult";
import { holdJob } from "./holdJob";
import type { RowEnd } from "./publishedRow";
import type { RowJob } from "./rowJob";
import { runJob, type RunJobOptions } from "./runJob";

/** How a worker attends to a job. */
export interface AttendOptions extends Omit<RunJobOptions, "lease" | "folder"> {
  redis: Redis;
  /** The folder in which the worker's rows run, each in one of its own. */
  folder: string;
  log: (line: string) => void;
}

/**
 * Runs the row of a job that has just been taken, signed with its token, and says in Redis how it ended; or gives it back to
 * the queue where this worker is to end.
 *
 * @throws Error, in one line, where this machine cannot run it; the job is back in the queue then
 */
export async function attendJob(job: Job<RowJob>, options: AttendOptions): Promise<void> {
  const { redis, log } = options;
  const lease = holdJob(redis, { queue: job.queueName, id: job.id!, token: job.token! });
  const folder = join(options.folder, job.data.row.id);
  const begun = performance.now();
  try {
    const end = await runJob(job.data, { ...options, lease, folder });
    const isOurs = end !== undefined && (await complete(job, end));
    const isBack = !isOurs && !lease.lost.aborted && (await giveBack(job));
    const how = isOurs ? outcome(end, folder) : isBack ? "given back" : "is with another worker now";
    log([job.data.title, how, duration(performance.now() - begun)].filter(Boolean).join("  "));
  } catch (error) {
    await giveBack(job);
    throw error;
  } finally {
    lease.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the job has ended by us. */
async function complete(job: Job, end: RowEnd): Promise<boolean> {
  try {
    await job.moveToCompleted(end, job.token!, false);
    return true;
  } catch {
    return job.isCompleted(); // a connection that broke off may have sent it twice
  }
}

/** Whether the job is in the queue again by us. */
async function giveBack(job: Job): Promise<boolean> {
  try {
    await job.moveToWait(job.token);
    return true;
  } catch {
    return false; // it is no longer ours
  }
}

function outcome({ status }: RowEnd, folder: string): string {
  const error = readRowResult(folder)?.error;
  return status === "ok" ? "" : [status, error].filter(Boolean).join(": ");
}
