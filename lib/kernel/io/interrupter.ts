import { Session } from "inspector";
import { promisify } from "util";
import { innerNode } from "../innerNode";
import { interruptChildren } from "./childProcesses";
import { HOLDER, IDLE, LAST_HOLDER } from "./holder";
import { MAY_BREAK, PLACE, type ToMain } from "./link";
import type { OpenRequests } from "./openRequests";

/** Stops what the computing thread runs, also where it is too busy to hear anything. */
export interface Interrupter {
  /** On a client's request. */
  interrupt(): void;
  /** Ends the cell of a subshell that was deleted, and no other. */
  endShell(shell: string): void;
  /** Asks the computing thread what it runs, and breaks nothing off: the first interrupt then finds all code loaded and compiled. */
  rehearse(): void;
}

const LOOP_GRACE = 1; // ms until a thread that hears nothing is taken for an endless loop
const LISTENER_GRACE = 4000; // ms for a training that listens for interrupts to finish its batch
const IDLE_GRACE = 2000; // ms until code that runs outside of any cell is taken for an endless loop
const LOOK = 1; // ms
const LONG = 20; // ms without an await
const NATIVE = 200; // ms without any answer: the thread waits for a process, or computes in code that is not JavaScript

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
  /** The request that counts as broken off where the thread does not know. */
  otherwise?: number;
}

/** Hears SIGINT and passes every interrupt on; a cell that does not hear it in time is broken off where it stands. */
export function newInterrupter({ send, state, requests, release }: InterrupterParts): Interrupter {
  let count = 0;
  let watching = false;
  let lastTurn: Promise<unknown> | undefined;

  /** Does the work when no other does its own, which a break off would hit: at once where it can. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastTurn ? lastTurn.then(work) : work();
    lastTurn = turn;
    return turn.finally(() => (lastTurn = lastTurn === turn ? undefined : lastTurn));
  };

  const ask = async (emit: boolean) => {
    const ids = requests.runningIds();
    send({ kind: "interrupt", ids, emit, count: ++count });
    if (watching) return;
    watching = true;
    const grace = () => (Atomics.load(state, PLACE.listeners) > 0 ? LISTENER_GRACE : LOOP_GRACE);
    const isRunning = () => String(requests.runningIds()) === String(ids);
    await watch({ count, grace, isRunning, otherwise: ids[0] });
    watching = false;
  };

  const endShell = async (shell: string) => {
    const only = requests.runningIn(shell);
    send({ kind: "deleted", shell, count: ++count });
    if (only === undefined) return;
    const isRunning = () => requests.runningIn(shell) === only;
    await watch({ count, grace: () => LOOP_GRACE, isRunning, only });
  };

  /** ms since code of a cell began last. */
  const age = () => (Date.now() - Atomics.load(state, PLACE.since)) | 0;

  /** The request whose code has long kept the thread from hearing anything: it is surely a loop. */
  const deaf = (): number | undefined => (age() >= LONG && Atomics.load(state, PLACE.unbroken)) || undefined;

  /** ms for the thread to hear what it is asked. */
  const patience = (grace: () => number) => {
    const mayBreak = Atomics.load(state, PLACE.interruptible);
    if (mayBreak === MAY_BREAK.never) return Infinity;
    if (mayBreak === MAY_BREAK.late) return IDLE_GRACE;
    const most = grace();
    return most <= LOOP_GRACE && deaf() !== undefined ? 0 : most;
  };

  /** Waits until it was heard, or is broken off. */
  const watch = async ({ count: asked, isRunning, grace, only, otherwise = NONE }: Stop): Promise<void> => {
    const start = performance.now();
    const isHeard = () => Atomics.load(state, PLACE.received) >= asked || !isRunning();
    const timeLeft = () => start + patience(grace) - performance.now();
    const isLoop = (id: number) => !isHeard() && timeLeft() <= 0 && (only === undefined || id === only);
    const tell = (id: number) => send({ kind: "terminated", id: id || otherwise });
    const stay = () => void Atomics.wait(state, PLACE.received, asked - 1, Math.max(timeLeft(), 0));
    for (; !isHeard(); await new Promise((resolve) => setTimeout(resolve, LOOK))) {
      if (timeLeft() > LOOP_GRACE) continue;
      const timer = setTimeout(() => interruptChildren(age()), NATIVE);
      const isBroken = await inTurn(() => breakOff({ deaf, release, stay, isLoop, tell })).catch((error) => {
        stay(); // with Node's permission model no thread may look into another: only what hears by itself ends in order
        if (!isHeard()) throw error;
      });
      clearTimeout(timer);
      if (isBroken) return;
    }
  };

  onSignal(() => void ask(false));
  return {
    interrupt: () => void ask(true),
    endShell: (shell) => void endShell(shell),
    rehearse: () => {
      send({ kind: "interrupt", ids: [], emit: false, count: ++count });
      const asked = inTurn(() => withMainThread((main) => main.ask(HOLDER)));
      asked.catch(() => {}); // where that may not be, an interrupt says so
    },
  };
}

interface BreakingOff {
  /** The request whose code surely keeps the thread; it is not asked then. */
  deaf(): number | undefined;
  release(): void;
  /** Lets the thread have the rest of its time to hear by itself, while it is asked already what it runs. */
  stay(): void;
  /** Whether what runs for this request is to be broken off. */
  isLoop(id: number): boolean;
  /** Tells the thread what will have been broken off when it hears anything again. */
  tell(id: number): void;
}

/** Breaks off what runs on the main thread, up to the event loop. Gives whether it did. */
function breakOff({ deaf, release, stay, isLoop, tell }: BreakingOff): Promise<boolean> {
  return withMainThread(async ({ ask, terminate }) => {
    const askHolder = () => {
      const answer = ask(HOLDER);
      stay();
      return answer;
    };
    const running = deaf() ?? (await askHolder());
    if (running === IDLE || !isLoop(running)) return false; // a thread that is only late hears by itself
    const posted = [ask(LAST_HOLDER), terminate()];
    tell(running);
    release(); // what stands ends only when it goes on
    await Promise.all(posted);
    return true;
  });
}

/** The main thread, as it answers in the midst of whatever it runs. */
interface MainThread {
  ask(expression: string): Promise<number>;
  terminate(): Promise<unknown>;
}

type Post = (method: string, parameters: object) => Promise<{ result: { value: number } }>;

async function withMainThread<T>(work: (main: MainThread) => Promise<T>): Promise<T> {
  const session = new Session();
  session.connectToMainThread();
  const post = promisify(session.post.bind(session)) as unknown as Post;
  try {
    return await work({
      ask: (expression) => post("Runtime.evaluate", { expression }).then(({ result }) => result.value),
      terminate: () => post("Runtime.terminateExecution", {}),
    });
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
