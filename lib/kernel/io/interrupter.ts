import { Session } from "inspector";
import { promisify } from "util";
import { innerNode } from "../innerNode";
import { HOLDER, IDLE, LAST_HOLDER } from "./holder";
import { MAY_BREAK, PLACE, type ToMain } from "./link";
import type { OpenRequests } from "./openRequests";

/** Stops what the computing thread runs, also where it is too busy to hear anything. */
export interface Interrupter {
  /** On a client's request. */
  interrupt(): void;
  /** Ends the cell of a subshell that was deleted, and no other. */
  endShell(shell: string): void;
}

const LOOP_GRACE = 1; // ms until a thread that hears nothing is taken for an endless loop
const LISTENER_GRACE = 4000; // ms for a training that listens for interrupts to finish its batch
const IDLE_GRACE = 2000; // ms until code that runs outside of any cell is taken for an endless loop
const LOOK = 1; // ms

const NONE = 0; // no request has this number

/** What an interrupter works with. */
export interface InterrupterParts {
  send(message: ToMain): void;
  state: Int32Array;
  requests: Pick<OpenRequests, "runningIds" | "runningIn">;
  /** Lets what stands at a breakpoint go on. */
  release(): void;
}

/** What the computing thread was told to stop. */
interface Stop {
  count: number;
  /** Whether that runs still. */
  isRunning(): boolean;
  /** ms for the thread to hear it. */
  grace(): number;
  /** Only this request may be broken off; without a number whatever keeps the thread busy. */
  only?: number;
}

/** Hears SIGINT and passes every interrupt on; a cell that does not hear it in time is broken off where it stands. */
export function newInterrupter({ send, state, requests, release }: InterrupterParts): Interrupter {
  let count = 0;
  let watching = false;
  let lastTurn: Promise<unknown> = Promise.resolve();

  /** Breaks off when no other does: that would break off the question of this one. */
  const breakOffInTurn = (parts: BreakingOff): Promise<number | undefined> => {
    const turn = lastTurn.then(() => breakOff(parts));
    lastTurn = turn;
    return turn;
  };

  const ask = async (emit: boolean) => {
    const ids = requests.runningIds();
    send({ kind: "interrupt", ids, emit, count: ++count });
    if (watching) return;
    watching = true;
    const grace = () => (Atomics.load(state, PLACE.listeners) > 0 ? LISTENER_GRACE : LOOP_GRACE);
    const holder = await watch({ count, grace, isRunning: () => String(requests.runningIds()) === String(ids) });
    if (holder !== undefined) send({ kind: "terminated", id: holder || (ids[0] ?? NONE) });
    watching = false;
  };

  const endShell = async (shell: string) => {
    const only = requests.runningIn(shell);
    send({ kind: "deleted", shell, count: ++count });
    if (only === undefined) return;
    const isRunning = () => requests.runningIn(shell) === only;
    const holder = await watch({ count, grace: () => LOOP_GRACE, isRunning, only });
    if (holder !== undefined) send({ kind: "terminated", id: holder });
  };

  /** Waits until it was heard, or is broken off; gives what was, undefined for nothing. */
  const watch = async ({ count: asked, isRunning, grace, only }: Stop): Promise<number | undefined> => {
    const timeTo = (mayBreak: number) =>
      mayBreak === MAY_BREAK.never ? Infinity : mayBreak === MAY_BREAK.late ? IDLE_GRACE : grace();
    for (const start = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, LOOK))) {
      const isHeard = () => Atomics.load(state, PLACE.received) >= asked || !isRunning();
      const mayBreak = () =>
        !isHeard() && performance.now() - start >= timeTo(Atomics.load(state, PLACE.interruptible));
      if (isHeard()) return undefined;
      if (!mayBreak()) continue;
      const holder = await breakOffInTurn({
        release,
        isLoop: (id) => mayBreak() && (only === undefined || id === only),
      });
      if (holder !== undefined) return holder;
    }
  };

  onSignal(() => void ask(false));
  return { interrupt: () => void ask(true), endShell: (shell) => void endShell(shell) };
}

type Post = (method: string, parameters: object) => Promise<{ result: { value: number } }>;

interface BreakingOff {
  release(): void;
  /** Whether what runs for this request is to be broken off, now that the thread has answered. */
  isLoop(id: number): boolean;
}

/** Breaks off what runs on the main thread, up to the event loop. Gives its request, undefined where it is not to be broken off. */
async function breakOff({ release, isLoop }: BreakingOff): Promise<number | undefined> {
  const session = new Session();
  session.connectToMainThread();
  const post = promisify(session.post.bind(session)) as unknown as Post;
  const ask = (expression: string) => post("Runtime.evaluate", { expression }).then(({ result }) => result.value);
  try {
    const running = await ask(HOLDER);
    if (running === IDLE || !isLoop(running)) return undefined; // a thread that is only late hears by itself
    const posted = [ask(LAST_HOLDER), post("Runtime.terminateExecution", {}).then(() => 0)];
    release(); // what stands ends only when it goes on
    const [holder] = await Promise.all(posted);
    return holder;
  } finally {
    session.disconnect();
  }
}

type SignalWrap = new () => { onsignal: () => void; start(signal: number): void; unref(): void };

const SIGINT = 2;

/**
 * A worker has no `process.on("SIGINT")`, and the main thread's hears nothing while it is busy: only Node's inner part
 * for signals can be asked. Without it a signal reaches no endless loop, the main thread's own listener has to do, but a
 * client's request still reaches it.
 */
function onSignal(listener: () => void): void {
  const inner = innerNode<{ Signal: SignalWrap }>("signal_wrap");
  if (!inner) return;
  const signal = new inner.Signal();
  signal.onsignal = listener;
  signal.start(SIGINT);
  signal.unref();
}
