import type { WorkerFacts } from "./workerList";

/** Looks in a row at which a worker is missing before it is said: a Redis that has lost its data knows none for a moment. */
const PATIENCE = 2;

/** Follows the workers with a version and says in a line what changes; to be called with the living ones every second. */
export function tellOfWorkers(version: string, log: (line: string) => void): (living: readonly WorkerFacts[]) => void {
  const known = new Map<string, Known>();
  let lonely = 0;
  return (living) => {
    const own = living.filter((worker) => worker.version === version);
    for (const worker of own) {
      const before = known.get(worker.id);
      for (const line of changes(before?.facts, worker)) log(`worker ${worker.name} ${line}`);
      known.set(worker.id, { facts: worker, missing: 0 });
    }
    for (const [id, one] of known) {
      if (own.some((worker) => worker.id === id) || ++one.missing < PATIENCE) continue;
      log(`worker ${one.facts.name} has gone`);
      known.delete(id);
    }
    lonely = own.length > 0 ? 0 : lonely + 1;
    if (lonely === PATIENCE) log(nobody(version, living));
  };
}

interface Known {
  facts: WorkerFacts;
  /** Looks in a row at which it was not there. */
  missing: number;
}

function changes(before: WorkerFacts | undefined, { atOnce, trouble }: WorkerFacts): string[] {
  if (before && before.trouble === trouble) return [];
  if (trouble !== undefined) return [`takes no rows: ${trouble}`];
  return [before ? "takes rows again" : `takes rows, ${atOnce} at a time`];
}

function nobody(version: string, living: readonly WorkerFacts[]): string {
  const none = `no worker has this version of the code (${version})`;
  if (living.length === 0) return `${none}; start one: npm run sweep -- work`;
  const others = living.map(({ name, version: other }) => `${name} has ${other}`).join(", ");
  return `${none}: ${others}; give them this one and start them again`;
}
