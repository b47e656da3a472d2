import { resolve } from "node:path";
import { Queue } from "bullmq";
import { modelsFolder, shownPath } from "../../../files";
import { runSweep } from "../../runSweep";
import type { SweepRow } from "../../sweepFolder";
import type { EngineOptions, OpenEngine } from "../engine";
import { markPlace, openStore } from "./openStore";
import { openRedis } from "./openRedis";
import { DEFAULT_REDIS, readRedisAddress } from "./redisAddress";
import { PREFIX, queueName, type RowJob, workVersion } from "./rowJob";
import { queueRows } from "./queueRows";
import { livingWorkers } from "./workerList";

/** The engine `bullmq`: puts rows into a queue on Redis, from which workers take them; see `runWorker`. */
export const openBullMQ: OpenEngine = async (states, options) => {
  const address = readRedisAddress(options.redis ?? process.env.ATELIER_REDIS ?? DEFAULT_REDIS);
  const place = placeOf(options, address.isLoopback);
  const redis = await openRedis(address, options.log);
  const version = workVersion();
  const queue = new Queue<RowJob>(queueName(version), { connection: redis, prefix: PREFIX });
  queue.on("error", () => {}); // the connection says itself when it is lost
  const close = async () => {
    await queue.disconnect();
    redis.disconnect();
  };
  try {
    const store = await openStore(place);
    const jobOf = jobMaker(options, { results: place, mark: await markPlace(store) });
    const workers = (await livingWorkers(redis)).filter((worker) => worker.version === version).length;
    const rows = queueRows(states, { ...options, ...{ redis, queue, version, store, jobOf } });
    const run = async () => {
      const { folderOf, onChange, how } = options;
      const { signal } = how;
      const atOnce = states.length;
      const sweep = runSweep(states, { folderOf, onChange, signal, atOnce, begins: "waiting", run: rows.run });
      await sweep.finally(rows.end);
    };
    const isFolder = !place.startsWith("s3://");
    const who = workers === 1 ? "1 worker" : `${workers} workers`;
    return { where: `${who} at ${address.shown}, results in ${isFolder ? shownPath(place) : place}`, run, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Where results come back: on this machine by default the folder of runs itself. */
function placeOf({ results, runs }: EngineOptions, isLoopback: boolean): string {
  if (results !== undefined) return results.startsWith("s3://") ? results : resolve(results);
  if (isLoopback) return runs;
  throw new RangeError(
    "The engine bullmq needs a place for results that this machine and the workers reach; give --results FOLDER, or s3://bucket/prefix",
  );
}

function jobMaker(
  { how, rowMemory, runs, titleOf }: EngineOptions,
  { results, mark }: { results: string; mark: string },
): (row: SweepRow) => RowJob {
  const { threads, timeout, code } = how;
  const notebook = shownPath(resolve(how.notebook));
  const shared = results === runs ? modelsFolder() : `${results}/models`;
  const models = results.startsWith("s3://") ? undefined : shared;
  return (row) => ({ row, notebook, threads, rowMemory, timeout, code, results, mark, models, title: titleOf(row) });
}
