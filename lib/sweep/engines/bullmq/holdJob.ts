import type { Redis } from "ioredis";
import { PREFIX } from "./rowJob";

/** A job that a worker runs. */
export interface HeldJob {
  queue: string;
  id: string;
  /** What the worker has signed for it with. */
  token: string;
}

/** The right to run a job. */
export interface JobLease {
  /** Aborted when another worker has the right, or the job is gone. */
  lost: AbortSignal;
  /** Asks once more; resolves to whether we still have the right. */
  renew(): Promise<boolean>;
  /** Ends the renewals. */
  stop(): void;
}

/** Milliseconds after which the job of a worker that has stopped renewing is given to another one. */
export const LEASE = 4000;
const RENEWAL = 1000; // ms

/**
 * As BullMQ renews a lock, and more: where it has run out, as when Redis was away, it is taken again if nobody else has.
 * KEYS: the lock, the list of active jobs, the set of those that count as stalled. ARGV: token, milliseconds, job.
 */
const RENEW = `
local holder = redis.call("GET", KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
if not holder and not redis.call("LPOS", KEYS[2], ARGV[3]) then return 0 end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
redis.call("SREM", KEYS[3], ARGV[3])
return 1`;

/** Keeps the right to run a job, which a worker has just taken, until it is stopped or lost. */
export function holdJob(redis: Redis, { queue, id, token }: HeldJob): JobLease {
  const lost = new AbortController();
  const keys = [`${id}:lock`, "active", "stalled"].map((name) => `${PREFIX}:${queue}:${name}`);
  let isAsking = false;
  const renew = async () => {
    if ((await redis.eval(RENEW, 3, ...keys, token, LEASE, id)) === 0) lost.abort();
    return !lost.signal.aborted;
  };
  const tick = async () => {
    if (isAsking) return;
    isAsking = true;
    await renew().catch(() => {}); // the next one asks again
    isAsking = false;
  };
  const timer = setInterval(() => void tick(), RENEWAL);
  return { lost: lost.signal, renew, stop: () => clearInterval(timer) };
}
