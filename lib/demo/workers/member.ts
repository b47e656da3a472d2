import type { LoadProgress } from "../models/loadSettings";
import { Refused } from "../web/refused";
import type { Channel } from "./channel";
import type { CallName, Description, FromWorker } from "./messages";

/** A worker of the team, from its start to its end. */
export interface Member {
  id: number;
  /** Fulfilled when its models are loaded; rejected with an Error when it ends before. */
  ready: Promise<Description>;
  /** Fulfilled, with the reason, when it has ended. */
  ended: Promise<string>;
  readonly hasEnded: boolean;
  /** Calls that it has not answered yet. */
  readonly calls: number;
  /** Bytes it takes, as it said last; 0 before. */
  readonly memory: number;
  /** Rejected with a Refused or an Error of the worker's, and with a WorkerLost when it ends before it answers. */
  call(name: CallName, args: unknown[]): Promise<unknown>;
  /** Fulfilled when no call is open. */
  idle(): Promise<void>;
  /** Asks it to end, and ends it where it does not in five seconds. */
  end(): Promise<void>;
}

/** A worker has ended before it answered. */
export class WorkerLost extends Error {}

/** How a worker is watched. */
export interface MemberOptions {
  log: (line: string) => void;
  onProgress: (progress: LoadProgress) => void;
  /** Milliseconds between two looks whether it still answers. */
  lookEvery: number;
}

/** A worker that leaves so many looks in a row unanswered hangs. */
const MOST_MISSED = 8;

/** Milliseconds in which a worker that is asked to has ended. */
const PATIENCE = 5000;

/** Watches a worker that was just started. */
export function newMember(channel: Channel, { log, onProgress, lookEvery }: MemberOptions): Member {
  const open = new Map<number, Open>();
  const idlers: (() => void)[] = [];
  let [last, memory, missed] = [0, 0, 0];
  let failure: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;

  const settle = (id: number, how: (call: Open) => void) => {
    const call = open.get(id);
    open.delete(id);
    if (call) how(call);
    if (open.size === 0) idlers.splice(0).forEach((wake) => wake());
  };

  const look = () => {
    if (++missed > MOST_MISSED) {
      failure = `it has not answered for ${(MOST_MISSED * lookEvery) / 1000} s`;
      channel.kill();
    } else channel.send({ kind: "ping" });
  };

  const ended = new Promise<string>((resolve) =>
    channel.onEnd((cause) => {
      hasEnded = true;
      clearInterval(timer);
      const why = failure ?? cause;
      for (const id of [...open.keys()]) settle(id, ({ reject }) => reject(new WorkerLost(why)));
      resolve(why);
    }),
  );

  const ready = new Promise<Description>((resolve, reject) => {
    void ended.then((why) => reject(new Error(why)));
    channel.onMessage((message) => {
      if (message.kind === "log") log(message.line);
      else if (message.kind === "progress") onProgress(message.progress);
      else if (message.kind === "failed") failure = message.message;
      else if (message.kind === "pong") [memory, missed] = [message.memory, 0];
      else if (message.kind === "ready") {
        timer = setInterval(look, lookEvery).unref();
        look();
        resolve(message.description);
      } else settle(message.id, outcome(message));
    });
  });
  ready.catch(() => {}); // told by `ended` too

  return {
    id: channel.id,
    ready,
    ended,
    get hasEnded() {
      return hasEnded;
    },
    get calls() {
      return open.size;
    },
    get memory() {
      return memory;
    },
    call(name, args) {
      const id = ++last;
      return new Promise((resolve, reject) => {
        if (hasEnded) return reject(new WorkerLost("it has ended"));
        open.set(id, { resolve, reject });
        channel.send({ kind: "call", id, name, args });
      });
    },
    idle: () => new Promise((resolve) => (open.size === 0 ? resolve() : void idlers.push(resolve))),
    async end() {
      channel.send({ kind: "end" });
      const killer = setTimeout(channel.kill, PATIENCE);
      await ended;
      clearTimeout(killer);
    },
  };
}

interface Open {
  resolve: (value: unknown) => void;
  reject: (cause: Error) => void;
}

function outcome(message: Extract<FromWorker, { id: number }>): (call: Open) => void {
  if (message.kind === "answer") return ({ resolve }) => resolve(message.value);
  if (message.kind === "fault")
    return ({ reject }) => reject(Object.assign(new Error(message.message), { stack: message.stack }));
  const { status, code, message: text, retryAfter } = message;
  return ({ reject }) => reject(new Refused(status, code, text, { retryAfter }));
}
