import { MAY_BREAK, PLACE } from "./io/link";

/** Tells the thread of the sockets when an interrupt may break off what runs where it stands. */
export interface Interruptible {
  /** Runs code of the user for a request, which may be broken off. */
  allow<T>(id: number, work: () => T | Promise<T>): Promise<T>;
  /** The kernel is there: what holds its thread between requests is code that cells have left. */
  ready(): void;
  /** Nothing runs for this request any more, however it ended. */
  end(id: number): void;
  /** Runs code of the kernel, which nothing may break off, the compiler above all. */
  forbid<T>(work: () => T): T;
}

const NONE = 0; // no request has this number

/** Marks it in the memory both threads share, where nothing may be broken off until it is ready. */
export function newInterruptible(state: Int32Array): Interruptible {
  const allowed = new Set<number>();
  const set = (value: number) => Atomics.exchange(state, PLACE.interruptible, value);
  const setAllowed = () => void set(allowed.size > 0 ? MAY_BREAK.soon : MAY_BREAK.late);
  const end = (id: number) => {
    Atomics.compareExchange(state, PLACE.unbroken, id, NONE); // also where it was broken off
    allowed.delete(id);
    setAllowed();
  };
  /** Does the work up to its first await. */
  const begin = <T>(id: number, work: () => T) => {
    Atomics.store(state, PLACE.since, Date.now() | 0);
    Atomics.store(state, PLACE.unbroken, id);
    try {
      return work();
    } finally {
      Atomics.store(state, PLACE.unbroken, NONE);
    }
  };
  return {
    allow: async (id, work) => {
      allowed.add(id);
      set(MAY_BREAK.soon);
      try {
        return await begin(id, work);
      } finally {
        end(id);
      }
    },
    ready: setAllowed,
    end,
    forbid: (work) => {
      const before = set(MAY_BREAK.never);
      try {
        return work();
      } finally {
        set(before);
      }
    },
  };
}
