import { PLACE } from "./io/link";

/** Tells the thread of the sockets when an interrupt may break off what runs where it stands. */
export interface Interruptible {
  /** Runs code of the user for a request, which may be broken off. */
  allow<T>(id: number, work: () => T | Promise<T>): Promise<T>;
  /** Nothing runs for this request any more, however it ended. */
  end(id: number): void;
  /** Runs code of the kernel, which nothing may break off, the compiler above all. */
  forbid<T>(work: () => T): T;
}

/** Marks it in the memory both threads share. */
export function newInterruptible(state: Int32Array): Interruptible {
  const allowed = new Set<number>();
  const set = (value: number) => Atomics.exchange(state, PLACE.interruptible, value);
  const end = (id: number) => {
    allowed.delete(id);
    set(Math.min(allowed.size, 1));
  };
  return {
    allow: async (id, work) => {
      allowed.add(id);
      set(1);
      try {
        return await work();
      } finally {
        end(id);
      }
    },
    end,
    forbid: (work) => {
      const before = set(0);
      try {
        return work();
      } finally {
        set(before);
      }
    },
  };
}
