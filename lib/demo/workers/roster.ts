import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Member } from "./member";
import type { Description } from "./messages";

/** The places of a team, each with a worker, which is replaced where it ends. */
export interface Roster {
  /** Fills the first place, and then all others; rejected with an Error where a worker cannot start. */
  fill(): Promise<Description>;
  /** By place; undefined where nobody is ready. */
  members(): (Member | undefined)[];
  /** Fulfilled when a worker becomes ready, or after these milliseconds. */
  nextReady(milliseconds: number): Promise<void>;
  /** Replaces all, one at a time. */
  restart(): Promise<void>;
  /** Ends all. */
  close(): Promise<void>;
  readonly isClosed: boolean;
}

/** How places are kept filled. */
export interface RosterOptions {
  /** Places. */
  count: number;
  /** Starts a worker. */
  begin: () => Member;
  log: (line: string) => void;
  /** Is added to. */
  counts: { lost: number; replaced: number };
}

/** A worker that ends before it has served for so many milliseconds is replaced ever more slowly. */
const SHORT = 10_000;
/** Milliseconds between two starts, at least and at most, where workers end soon. */
const [LEAST_PAUSE, MOST_PAUSE] = [100, 10_000];

interface Place {
  member?: Member;
  /** Workers in a row that ended soon. */
  short: number;
  /** Whether `restart` is about to fill it. */
  taken: boolean;
}

/** Places with nobody in them. */
export function newRoster({ count, begin, log, counts }: RosterOptions): Roster {
  const places = Array.from({ length: count }, (): Place => ({ short: 0, taken: false }));
  const started = new Set<Member>();
  const wakers = new Set<() => void>();
  const stop = new AbortController();
  const isOver = () => stop.signal.aborted;
  let description: Description | undefined;
  let restarts = Promise.resolve();

  const start = async (): Promise<Member> => {
    const member = begin();
    started.add(member);
    void member.ended.then(() => started.delete(member));
    const own = await member.ready;
    description ??= own;
    if (digest(own) === digest(description)) return member;
    void member.end();
    throw new Error("its models know other items, users or categories: end the demo and start it again");
  };

  const install = (place: Place, member: Member) => {
    const since = performance.now();
    place.member = member;
    void member.ended.then((why) => {
      if (place.member !== member) return;
      place.member = undefined;
      if (isOver()) return;
      counts.lost++;
      log(`Worker ${member.id} has ended (${why}); another one takes its place.`);
      place.short = performance.now() - since < SHORT ? place.short + 1 : 0;
      if (!place.taken) void refill(place);
    });
    for (const wake of wakers) wake();
  };

  const refill = async (place: Place) => {
    for (;;) {
      if (place.short > 0) await pause(pauseAfter(place.short), undefined, { ref: false });
      if (isOver()) return;
      try {
        const member = await start();
        if (place.member || place.taken) return void member.end(); // `restart` was faster
        return install(place, member);
      } catch (error) {
        place.short++;
        if (!isOver()) log(`A worker could not start: ${(error as Error).message}`);
      }
    }
  };

  const replace = async (place: Place) => {
    place.taken = true;
    try {
      const next = await start();
      const earlier = place.member;
      install(place, next);
      counts.replaced++;
      log(`Worker ${next.id} serves${earlier ? ` in place of ${earlier.id}` : ""}.`);
      await earlier?.idle();
      await earlier?.end();
    } finally {
      place.taken = false;
      if (!place.member) void refill(place);
    }
  };

  return {
    async fill() {
      const [first, ...others] = places;
      install(first, await start());
      await Promise.all(others.map(async (place) => install(place, await start())));
      return description!;
    },
    members: () => places.map(({ member }) => member),
    nextReady: (milliseconds) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          wakers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        wakers.add(wake);
      }),
    restart() {
      const all = restarts.then(async () => {
        for (const place of places) if (!isOver()) await replace(place);
      });
      restarts = all.catch(() => {});
      return all;
    },
    async close() {
      stop.abort();
      for (const wake of wakers) wake();
      await Promise.all([...started].map((member) => member.end()));
    },
    get isClosed() {
      return isOver();
    },
  };
}

/** Milliseconds, ever longer. */
function pauseAfter(short: number): number {
  return Math.min(LEAST_PAUSE * 2 ** (short - 1), MOST_PAUSE);
}

function digest(description: Description): string {
  return createHash("sha256").update(JSON.stringify(description)).digest("hex");
}
