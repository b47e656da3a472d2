import type { LoadProgress } from "../models/loadSettings";
import { Refused } from "../web/refused";
import type { Channel } from "./channel";
import { type Member, newMember, WorkerLost } from "./member";
import type { CallName, Description } from "./messages";
import { newRoster, type Roster } from "./roster";

/** Workers that share the calls of a server. One that ends is replaced. */
export interface Team {
  /** What their models know. */
  description: Description;
  /**
   * Has the least busy worker answer. Where it ends before it has, another one is asked once: a call changes nothing, so it may
   * be made twice.
   *
   * Rejected with what the worker refuses or throws, and with a Refused of status 503 where two workers in a row have ended,
   * or there is none for ten seconds.
   */
  call(name: CallName, args: unknown[]): Promise<unknown>;
  /**
   * Replaces the workers, one at a time: the next one takes its calls once its models are loaded, and the earlier one ends
   * when it has answered all of its own.
   *
   * @throws Error where a new worker cannot start, or has other lists than the server; those that serve then stay
   */
  restart(): Promise<void>;
  /** Of those that serve, by place. */
  members(): MemberState[];
  counts: Readonly<TeamCounts>;
  /** Ends all of them. */
  close(): Promise<void>;
}

/** A place in the team. */
export interface MemberState {
  /** Undefined while nobody has the place. */
  worker?: Pick<Member, "id" | "calls" | "memory">;
}

/** What has happened so far. */
export interface TeamCounts {
  /** Workers that ended by themselves and were replaced. */
  lost: number;
  /** Workers that were replaced as it was asked. */
  replaced: number;
  /** Calls that were asked again of another worker. */
  repeated: number;
  /** Calls that were given up, since two workers had ended. */
  failed: number;
}

/** How a team is started. */
export interface TeamOptions {
  /** Workers. */
  count: number;
  /** Starts a worker. */
  start: () => Channel;
  /** Called with a line about what happens. */
  log: (line: string) => void;
  onProgress?: (progress: LoadProgress) => void;
  /** Ends the start. */
  signal?: AbortSignal;
  /** Milliseconds between two looks whether a worker still answers, default 2,000; after eight without an answer it is killed. */
  lookEvery?: number;
}

/** Milliseconds for which a call waits for a worker where there is none. */
const PATIENCE = 10_000;

/**
 * Starts a team: the first worker alone, as it may have to train models, and the others when its models are there.
 *
 * @throws Error where a worker ends before its models are loaded
 */
export async function startTeam(options: TeamOptions): Promise<Team> {
  const { count, start, log, onProgress = () => {}, signal, lookEvery = 2000 } = options;
  const logOnce = newLogOnce(log);
  const begin = () => newMember(start(), { log: logOnce, onProgress, lookEvery });
  const counts: TeamCounts = { lost: 0, replaced: 0, repeated: 0, failed: 0 };
  const roster = newRoster({ count, begin, log, counts });
  const endStart = () => void roster.close();
  signal?.addEventListener("abort", endStart, { once: true });
  try {
    const description = await roster.fill();
    const members = () => roster.members().map((worker) => ({ worker }));
    const { restart, close } = roster;
    return { description, call: newCaller(roster, counts), restart, members, counts, close };
  } catch (error) {
    await roster.close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", endStart);
  }
}

/** What each worker says of its models is worth a line once. */
function newLogOnce(log: (line: string) => void): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (!said.has(line)) log(line);
    said.add(line);
  };
}

function newCaller(roster: Roster, counts: TeamCounts): Team["call"] {
  let turn = 0;

  /** The one with the fewest calls, of equals in turn. */
  const leastBusy = (): Member | undefined => {
    const free = roster.members().filter((member): member is Member => member !== undefined && !member.hasEnded);
    free.push(...free.splice(0, ++turn % (free.length || 1)));
    return free.reduce<Member | undefined>((best, next) => (best && best.calls <= next.calls ? best : next), undefined);
  };

  const askOne = async (name: CallName, args: unknown[]): Promise<unknown> => {
    for (const end = performance.now() + PATIENCE; ;) {
      const member = leastBusy();
      if (member) return member.call(name, args);
      if (roster.isClosed || performance.now() >= end) throw nobody();
      await roster.nextReady(end - performance.now());
    }
  };

  return async (name, args) => {
    for (let again = false; ; again = true)
      try {
        return await askOne(name, args);
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error;
        if (again) counts.failed++;
        if (again) throw givenUp();
        counts.repeated++;
      }
  };
}

function nobody(): Refused {
  return new Refused(503, "no_worker", "No worker is ready; try again in a few seconds.", { retryAfter: 3 });
}

function givenUp(): Refused {
  const message = "The call was given up: the worker that had it has ended, and a second one too.";
  return new Refused(503, "worker_lost", message, { retryAfter: 3 });
}
