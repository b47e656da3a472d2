import { Session } from "inspector";
import { promisify } from "util";
import { innerNode } from "../innerNode";
import { LAST_HOLDER } from "./holder";
import { PLACE, type ToMain } from "./link";

/** Stops what the computing thread runs, also where it is too busy to hear anything. */
export interface Interrupter {
  /** On a client's request. */
  interrupt(): void;
}

const LOOP_GRACE = 10; // ms until a thread that hears nothing is taken for an endless loop
const LISTENER_GRACE = 4000; // ms for a training that listens for interrupts to finish its batch
const LOOK = 5; // ms

/** What an interrupter works with. */
export interface InterrupterParts {
  send(message: ToMain): void;
  state: Int32Array;
  /** The request whose cell runs, 0 for none. */
  runningId(): number;
  /** Lets what stands at a breakpoint go on. */
  release(): void;
}

/** Hears SIGINT and passes every interrupt on; a cell that does not hear it in time is broken off where it stands. */
export function newInterrupter({ send, state, runningId, release }: InterrupterParts): Interrupter {
  let count = 0;
  let watching = false;
  const ask = (emit: boolean) => {
    send({ kind: "interrupt", id: runningId(), emit, count: ++count });
    if (!watching) watch(runningId(), count);
  };
  const watch = (id: number, asked: number) => {
    const start = performance.now();
    watching = id !== 0;
    const look = async () => {
      if (Atomics.load(state, PLACE.received) >= asked || runningId() !== id) return void (watching = false);
      const grace = Atomics.load(state, PLACE.listeners) > 0 ? LISTENER_GRACE : LOOP_GRACE;
      const patient = performance.now() - start < grace || Atomics.load(state, PLACE.interruptible) === 0;
      if (patient) return void setTimeout(look, LOOK);
      await breakOff(release);
      send({ kind: "terminated", id });
      watching = false;
    };
    if (watching) void look();
  };
  onSignal(() => ask(false));
  return { interrupt: () => ask(true) };
}

/** Breaks off what runs on the main thread, up to the event loop. */
async function breakOff(release: () => void): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  const post = promisify(session.post.bind(session) as (method: string, parameters: object, done: () => void) => void);
  const posted = [post("Runtime.evaluate", { expression: LAST_HOLDER }), post("Runtime.terminateExecution", {})];
  release(); // what stands ends only when it goes on
  await Promise.all(posted);
  session.disconnect();
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
