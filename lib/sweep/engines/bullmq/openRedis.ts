import { Redis } from "ioredis";
import type { RedisAddress } from "./redisAddress";

/** Milliseconds between two attempts to reach a server that is away. */
const RETRY = 500;
const CONNECT_LIMIT = 5000; // ms
const LEAST = [6, 2]; // the version of Redis that BullMQ wants

/**
 * Connects to a Redis server. If it goes away later, that is logged once; what is asked of it then waits until it is back.
 *
 * @throws RangeError, in one line, where it cannot be reached, refuses the password, or is older than 6.2
 */
export async function openRedis({ options, shown }: RedisAddress, log: (line: string) => void): Promise<Redis> {
  let isOpen = false;
  let isAway = false;
  let reason = "";
  const redis = new Redis({
    ...options,
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_LIMIT,
    retryStrategy: () => (isOpen ? RETRY : null),
  });
  redis.on("error", (error: Error) => (reason = error.message || (error as NodeJS.ErrnoException).code || reason));
  redis.on("close", () => {
    if (isOpen && !isAway && redis.status !== "end") log(`Redis at ${shown} is away; waiting for it`);
    isAway = true;
  });
  redis.on("ready", () => {
    if (isOpen && isAway) log(`Redis at ${shown} is back`);
    isAway = false;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw refusal(shown, reason || (error as Error).message);
  }
  isOpen = true;
  const facts = await redis.info();
  if (isTooOld(facts)) {
    redis.disconnect();
    throw new RangeError(`Redis at ${shown} is ${versionOf(facts)}; ${LEAST.join(".")} or newer is wanted`);
  }
  warnOfEviction(facts, log);
  return redis;
}

function versionOf(facts: string): string {
  return /^redis_version:(\S+)/m.exec(facts)?.[1] ?? "of an unknown version";
}

function isTooOld(facts: string): boolean {
  const [major, minor] = versionOf(facts).split(".").map(Number);
  return major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1]);
}

function refusal(shown: string, reason: string): RangeError {
  if (/WRONGPASS|NOAUTH|invalid password|without any password/i.test(reason))
    return new RangeError(
      `Redis at ${shown} refuses the password; give it in the address, as in redis://:PASSWORD@host, or in ATELIER_REDIS`,
    );
  return new RangeError(
    `Redis at ${shown} cannot be reached (${reason.split("\n")[0]}); start it, as with redis-server, or give --redis`,
  );
}

/** A server that is short of memory and drops keys would lose rows for a while. */
function warnOfEviction(facts: string, log: (line: string) => void): void {
  const policy = /^maxmemory_policy:(\S+)/m.exec(facts)?.[1] ?? "noeviction";
  if (policy !== "noeviction")
    log(`Redis drops keys when its memory is full (${policy}); set its maxmemory-policy to noeviction`);
}
