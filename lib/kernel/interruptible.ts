import { PLACE } from "./io/link";

/** Tells the thread of the sockets which code an interrupt may break off where it stands. */
export interface Interruptible {
  /** Runs code of the user, which may be broken off. */
  allow<T>(work: () => T | Promise<T>): Promise<T>;
  /** Runs code of the kernel, which nothing may break off, the compiler above all. */
  forbid<T>(work: () => T): T;
}

/** Marks it in the memory both threads share. */
export function newInterruptible(state: Int32Array): Interruptible {
  const set = (value: number) => Atomics.exchange(state, PLACE.interruptible, value);
  return {
    allow: async (work) => {
      set(1);
      try {
        return await work();
      } finally {
        set(0);
      }
    },
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
