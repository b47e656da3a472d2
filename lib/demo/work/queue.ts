import { Refused } from "../web/refused";

/** Work in turn: so much at a time, so much waiting, each within its time. */
export interface Queue {
  /**
   * Runs a job when its turn comes. Its place is free again when it has ended, also where nobody waits for it any more; at the
   * latest after twice its time, as it may never end.
   *
   * Rejected with what the job is rejected with; with a Refused of status 503 at once when too many wait, 504 when the
   * job takes too long, 499 when the signal is aborted, also while the job waits.
   */
  run<T>(job: (signal: AbortSignal) => Promise<T> | T, turn?: Turn): Promise<T>;
  /** Throws at once what `run` would be rejected with because too many wait. */
  admit(): void;
  /** Jobs that wait. */
  readonly waiting: number;
  /** Refuses what waits and what comes, and aborts what runs. */
  close(): void;
}

/** What a job's owner may say and hear. */
export interface Turn {
  signal?: AbortSignal;
  /** Called with the place in the line, 0 for the next, whenever it changes; not called when the job starts at once. */
  onPlace?: (place: Place) => void;
  onStart?: () => void;
}

export interface Place {
  /** 0 for the next. */
  rank: number;
  /** Jobs that wait. */
  waiting: number;
  /** Seconds until the job should be done, by the time the last ones took; undefined before the first is done. */
  seconds?: number;
}

/** How much is done at a time. */
export interface QueueOptions {
  /** Jobs that run at the same time, default 1. */
  running?: number;
  /** Jobs that may wait, default 256. */
  waiting?: number;
  /** Milliseconds a job may take from its start, default 30,000. */
  time?: number;
}

/** A queue with nothing in it. */
export function newQueue({ running: most = 1, waiting: line = 256, time = 30_000 }: QueueOptions = {}): Queue {
  const waiting: Entry[] = [];
  const running = new Set<AbortController>();
  let taken = 0; // places of those that run, or are about to
  let average: number | undefined;
  let closed = false;

  const secondsFor = (jobs: number) => (average === undefined ? undefined : (Math.ceil(jobs / most) * average) / 1000);

  const notifyPlaces = () => {
    waiting.forEach(({ onPlace }, rank) => onPlace?.({ rank, waiting: waiting.length, seconds: secondsFor(rank + 2) }));
  };

  const leave = (entry: Entry, cause: Refused) => {
    const rank = waiting.indexOf(entry);
    if (rank < 0) return;
    waiting.splice(rank, 1);
    entry.refuse(cause);
    notifyPlaces();
  };

  const advance = () => {
    taken--;
    const next = waiting.shift();
    if (!next) return;
    taken++;
    next.start();
    notifyPlaces();
  };

  async function perform<T>(job: (signal: AbortSignal) => Promise<T> | T, { signal, onStart }: Turn): Promise<T> {
    if (signal?.aborted) {
      advance();
      throw cancelled();
    }
    const controller = new AbortController();
    running.add(controller);
    onStart?.();
    const started = performance.now();
    const work = begin(job, controller.signal);
    void settled(work, 2 * time).then(advance);
    try {
      const result = await within(work, { controller, signal, time });
      const spent = performance.now() - started;
      average = average === undefined ? spent : 0.8 * average + 0.2 * spent;
      return result;
    } finally {
      running.delete(controller);
    }
  }

  function standInLine({ signal, onPlace }: Turn): Promise<void> {
    const rank = waiting.length;
    return new Promise((resolve, reject) => {
      const entry = { onPlace, start: resolve, refuse: reject };
      waiting.push(entry);
      signal?.addEventListener("abort", () => leave(entry, cancelled()), { once: true });
      onPlace?.({ rank, waiting: waiting.length, seconds: secondsFor(rank + 2) });
    });
  }

  function admit(): void {
    if (closed) throw stopped();
    if (taken >= most && waiting.length >= line) throw full(waiting.length, secondsFor(waiting.length));
  }

  async function run<T>(job: (signal: AbortSignal) => Promise<T> | T, turn: Turn = {}): Promise<T> {
    admit();
    if (turn.signal?.aborted) throw cancelled();
    if (taken >= most) await standInLine(turn);
    else taken++;
    return perform(job, turn);
  }

  function close(): void {
    closed = true;
    for (const { refuse } of waiting.splice(0)) refuse(stopped());
    for (const controller of running) controller.abort(stopped());
  }

  return {
    run,
    admit,
    close,
    get waiting() {
      return waiting.length;
    },
  };
}

interface Entry {
  onPlace?: (place: Place) => void;
  start: () => void;
  refuse: (cause: Refused) => void;
}

interface Bounds {
  controller: AbortController;
  signal?: AbortSignal;
  time: number;
}

async function begin<T>(job: (signal: AbortSignal) => Promise<T> | T, signal: AbortSignal): Promise<T> {
  return job(signal);
}

/** Fulfilled when the work has ended, well or not, or after a time in any case. */
function settled(work: Promise<unknown>, time: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, time).unref();
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    work.then(end, end);
  });
}

/** The work's result, unless its time is over or it is cancelled before: then it goes on unheard, but knows by its signal. */
async function within<T>(work: Promise<T>, { controller, signal, time }: Bounds): Promise<T> {
  const timer = setTimeout(() => controller.abort(overdue(time)), time);
  const cancel = () => controller.abort(cancelled());
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
    });
    return await Promise.race([work, aborted]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}

function full(waiting: number, seconds = 1): Refused {
  const retryAfter = Math.max(1, Math.ceil(seconds));
  const message = `The queue is full: ${waiting} calls are waiting. Try again in ${retryAfter} s.`;
  return new Refused(503, "queue_full", message, { retryAfter });
}

function overdue(time: number): Refused {
  return new Refused(504, "time_limit", `The call took longer than ${time / 1000} s and was stopped.`);
}

/** 499 is what servers note for a client that has gone. */
function cancelled(): Refused {
  return new Refused(499, "cancelled", "The call was cancelled.");
}

function stopped(): Refused {
  return new Refused(503, "stopped", "The server is stopping.");
}
