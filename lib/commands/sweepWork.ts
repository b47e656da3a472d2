import { hostname } from "node:os";
import { openRedis } from "../sweep/engines/bullmq/openRedis";
import { DEFAULT_REDIS, readRedisAddress } from "../sweep/engines/bullmq/redisAddress";
import { workVersion } from "../sweep/engines/bullmq/rowJob";
import { runWorker } from "../sweep/engines/bullmq/runWorker";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { RUNS } from "./runsFolder";
import { placeFrom, sweepName, wholeNumber } from "./sweepSettings";
import { asUsageError, readArguments } from "./usage";

const HELP = `Usage: npm run sweep -- work [--redis URL] [--at-once N]

Takes rows of sweeps that run with --engine bullmq from a queue on Redis, and runs them on this machine. It must have the
same code as the machine of the sweep. Ctrl-C ends it: its rows end in order and go back to the queue. Whoever can write to
that Redis can run code here.

  --redis URL        redis://[user:password@]host[:port][/database], or rediss:// over TLS with ?ca=FILE for its
                     certificate; default ATELIER_REDIS, or else ${DEFAULT_REDIS}
  --at-once N        rows that run at a time; default as many as cores and free memory are enough for
  --results PLACE    where the sweep's place for results is on this machine, if it has another path here
  --name NAME        what the worker is called; default this machine's name and a number`;

const OPTIONS = {
  redis: { type: "string" },
  "at-once": { type: "string" },
  results: { type: "string" },
  name: { type: "string" },
} as const;

/** `npm run sweep -- work`: runs rows of sweeps of other processes, or machines. */
export async function sweepWork(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const atOnce = wholeNumber("--at-once", values["at-once"], 1);
  const name = sweepName(values.name) ?? `${hostname()}-${process.pid}`;
  const results = values.results === undefined ? undefined : placeFrom(values.results);
  const log = (line: string) => console.log(line);
  const hurry = new AbortController();
  const signal = abortOnInterrupt({ hurry });
  const work = async () => {
    const address = readRedisAddress(values.redis ?? process.env.ATELIER_REDIS ?? DEFAULT_REDIS);
    const redis = await openRedis(address, log);
    console.log(`worker ${name}: takes rows from ${address.shown}, version ${workVersion()}`);
    await runWorker(redis, { name, atOnce, results, runs: RUNS, signal, hurry: hurry.signal, log });
    redis.disconnect();
  };
  await work().catch(asUsageError);
  console.log("the worker has ended");
  return 0;
}
