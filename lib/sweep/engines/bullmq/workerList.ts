import type { Redis } from "ioredis";
import { isRecord } from "../../../runner/notebook";
import { PREFIX } from "./rowJob";

/** A worker, as it tells of itself. */
export interface WorkerFacts {
  id: string;
  name: string;
  version: string;
  /** Rows that it runs at a time. */
  atOnce: number;
  /** Why it takes no rows at present, in one line. */
  trouble?: string;
}

const ALL = `${PREFIX}:workers`;
const LIFE = 6000; // ms after which a worker that says nothing counts as gone
const keyOf = (id: string) => `${PREFIX}:worker:${id}`;

/** Says that a worker lives; to be repeated every second or two. */
export async function announceWorker(redis: Redis, facts: WorkerFacts): Promise<void> {
  await redis.multi().sadd(ALL, facts.id).set(keyOf(facts.id), JSON.stringify(facts), "PX", LIFE).exec();
}

/** Says that a worker has ended. */
export async function dismissWorker(redis: Redis, id: string): Promise<void> {
  await redis.multi().srem(ALL, id).del(keyOf(id)).exec();
}

/** The workers that live. */
export async function livingWorkers(redis: Redis): Promise<WorkerFacts[]> {
  const ids = (await redis.smembers(ALL)).sort();
  if (ids.length === 0) return [];
  const texts = await redis.mget(ids.map(keyOf));
  const gone = ids.filter((_, index) => texts[index] === null);
  if (gone.length > 0) await redis.srem(ALL, gone);
  return texts.flatMap((text) => (text === null ? [] : factsIn(text)));
}

function factsIn(text: string): WorkerFacts[] {
  const facts: unknown = JSON.parse(text);
  return isRecord(facts) && typeof facts.version === "string" ? [facts as unknown as WorkerFacts] : [];
}
