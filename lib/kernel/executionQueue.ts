import { type ExecuteRequest, toExecuteRequest } from "./executeRequest";
import type { Executor } from "./executor";
import type { History } from "./history";
import { PLACE, type ToIo } from "./io/link";
import type { Output } from "./output";
import type { Ended } from "./runRequest";

/** Runs the cells that clients ask for, in order. */
export interface ExecutionQueue {
  add(id: number, content: Record<string, unknown>): void;
  /** Asks the cell of this request to stop. */
  interrupt(id: number): void;
  /** Whether the client of the cell that runs takes questions. */
  mayAsk(): boolean;
  /** What runs for this request was broken off and will not end by itself. */
  breakOff(id: number): void;
}

/** What the queue works with. */
export interface QueueParts {
  executor: Executor;
  output: Output;
  history: History;
  state: Int32Array;
  send(message: ToIo): void;
  /** Replies; the metadata is empty by default. */
  answer(id: number, content: object, metadata?: object): void;
  runRequest(request: ExecuteRequest, count: number): Promise<Ended>;
  /** Hears the requests that have come while a cell kept this thread. */
  receivePending(): void;
}

/** The request whose cell runs, and what ends it from outside. */
interface Running {
  id: number;
  allowStdin: boolean;
  stop(): void;
  /** Set once the cell was asked to end by itself. */
  asked?: NodeJS.Timeout;
}

const INTERRUPTED: Ended = {
  status: "error",
  error: {
    ename: "KeyboardInterrupt",
    evalue: "the cell was interrupted",
    traceback: ["KeyboardInterrupt: the cell was interrupted"],
  },
};
const OWN_LISTENERS = 1;
const LISTENER_GRACE = 10_000; // ms for a training that listens for interrupts to end and keep its weights

/** An empty queue, which hears SIGINT from now on. */
export function newExecutionQueue(parts: QueueParts): ExecutionQueue {
  const { executor, output, history, state, send, answer, runRequest, receivePending } = parts;
  const waiting: ExecuteRequest[] = [];
  let running: Running | undefined;
  let count = 0;
  let taken = false;

  const next = () => {
    const request = running ? undefined : waiting.shift();
    if (!request) return;
    running = { id: request.id, allowStdin: request.allowStdin, stop: () => {} };
    void work(request);
  };

  const work = async (request: ExecuteRequest) => {
    const current = running as Running;
    if (!taken) output.takeStreams();
    taken = true;
    send({ kind: "begin", id: request.id });
    if (request.storeHistory) history.add(++count, request.code);
    if (!request.silent) output.publish("execute_input", { code: request.code, execution_count: count });
    const stopped = new Promise<Ended>((resolve) => (current.stop = () => resolve(INTERRUPTED)));
    // On an event of its own: a cell that is broken off takes nothing else with it.
    const started = new Promise<Ended>((resolve) =>
      setImmediate(() => running === current && resolve(runRequest(request, count))),
    );
    finish(request, await Promise.race([started, stopped]));
  };

  const finish = (request: ExecuteRequest, ended: Ended) => {
    clearTimeout(running?.asked);
    if (ended === INTERRUPTED) executor.abandon();
    Atomics.store(state, PLACE.interruptible, 0);
    running = undefined;
    if (ended.status === "ok") {
      answer(
        request.id,
        { status: "ok", execution_count: count, user_expressions: {}, payload: [], ...ended.reply },
        ended.uses,
      );
    } else {
      output.publish("error", ended.error);
      answer(request.id, { status: "error", execution_count: count, ...ended.error, payload: [] }, ended.uses);
      if (request.stopOnError) abortWaiting();
    }
    next();
  };

  const abortWaiting = () => {
    receivePending();
    for (const { id } of waiting.splice(0)) answer(id, { status: "aborted", execution_count: count });
  };

  /** Whether others hear the interrupt too, as a training does; its cell then has time to end by itself. */
  const leaveTime = () => {
    if (!running || running.asked || process.listenerCount("SIGINT") <= OWN_LISTENERS) return;
    running.asked = setTimeout(running.stop, LISTENER_GRACE);
  };
  countListeners(state);
  process.on("SIGINT", leaveTime);

  return {
    add: (id, content) => {
      waiting.push(toExecuteRequest(id, content));
      next();
    },
    interrupt: (id) => {
      if (running?.id !== id) return;
      leaveTime();
      if (!running.asked) running.stop();
    },
    mayAsk: () => running?.allowStdin ?? false,
    breakOff: (id) => void (running?.id === id && running.stop()),
  };
}

/** Lets the other thread know how many listeners for an interrupt there are beside this queue's own. */
function countListeners(state: Int32Array): void {
  const note = (more: number) => (event: string | symbol) => {
    if (event !== "SIGINT") return;
    Atomics.store(state, PLACE.listeners, process.listenerCount("SIGINT") + more - OWN_LISTENERS);
  };
  process.on("newListener", note(1));
  process.on("removeListener", note(0));
}
