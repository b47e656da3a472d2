import { AsyncLocalStorage } from "async_hooks";

/** Tells on behalf of which request code runs, also timers, promises and callbacks that a cell has left behind. */
export interface Origin {
  /** Tells requests apart from now on. It costs time at each await, and nothing before. */
  watch(): void;
  /** Runs something on behalf of a request. */
  of<T>(id: number, work: () => T): T;
  /** The request at hand; undefined for what began before requests were told apart, which is of the main shell. */
  id(): number | undefined;
  /** The same, where that is undefined the last request that began; undefined before the first. */
  cell(): number | undefined;
}

/** Tells no requests apart yet. */
export function newOrigin(): Origin {
  const storage = new AsyncLocalStorage<number>();
  let isWatched = false;
  let last: number | undefined;
  return {
    watch: () => void (isWatched = true),
    of: (id, work) => (isWatched ? storage.run(id, work) : ((last = id), work())),
    id: () => storage.getStore(),
    cell: () => storage.getStore() ?? last,
  };
}
