import { displayBundle, type MimeBundle, type Showing } from "./displayBundle";
import type { Executor, Outcome } from "./executor";
import type { History } from "./history";
import type { Breakable } from "./breakable";
import { PLACE, type ToIo } from "./io/link";
import type { Output } from "./output";
import type { ErrorReport } from "./reportError";

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
  breakable: Breakable;
  state: Int32Array;
  tell(message: ToIo): void;
  answer(id: number, content: object): void;
  /** What a cell that only asks about a name is shown, undefined for other cells. */
  help(code: string): MimeBundle | undefined;
  /** Hears the requests that have come while a cell kept this thread. */
  hearPending(): void;
  valueBundle: Showing["valueBundle"];
}

/** An execute request. */
interface Request {
  id: number;
  code: string;
  silent: boolean;
  storeHistory: boolean;
  stopOnError: boolean;
  allowStdin: boolean;
  expressions: Record<string, unknown>;
}

/** The request whose cell runs, and what ends it from outside. */
interface Running {
  id: number;
  allowStdin: boolean;
  stop(): void;
  /** Set once the cell was asked to end by itself. */
  asked?: NodeJS.Timeout;
}

/** How a request ended; `reply` is what its reply tells beside its number. */
type Ended = { status: "ok"; reply: object } | { status: "error"; error: ErrorReport };

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
  const { executor, output, history, breakable, state, tell, answer } = parts;
  const waiting: Request[] = [];
  let running: Running | undefined;
  let count = 0;
  let taken = false;

  const next = () => {
    const request = running ? undefined : waiting.shift();
    if (!request) return;
    running = { id: request.id, allowStdin: request.allowStdin, stop: () => {} };
    void work(request);
  };

  const work = async (request: Request) => {
    const current = running as Running;
    if (!taken) output.takeStreams();
    taken = true;
    tell({ kind: "begin", id: request.id });
    if (request.storeHistory) history.add(++count, request.code);
    if (!request.silent) output.publish("execute_input", { code: request.code, execution_count: count });
    const stopped = new Promise<Ended>((resolve) => (current.stop = () => resolve(INTERRUPTED)));
    // On an event of its own: a cell that is broken off takes nothing else with it.
    const started = new Promise<Ended>((resolve) =>
      setImmediate(() => running === current && resolve(execution(request))),
    );
    finish(request, await Promise.race([started, stopped]));
  };

  const execution = async (request: Request): Promise<Ended> => {
    const help = parts.help(request.code);
    if (help) return { status: "ok", reply: { payload: [{ source: "page", data: help, start: 0 }] } };
    const name = request.storeHistory ? `cell ${count}` : "silent cell";
    const outcome = await executor.execute(request.code, name);
    await new Promise(setImmediate); // what the cell has left behind is reported within it
    if (outcome.status === "error") return outcome;
    try {
      if (!request.silent && outcome.value !== undefined) await showResult(outcome.value);
      return { status: "ok", reply: { user_expressions: await evaluateAll(request.expressions) } };
    } catch (error) {
      return { status: "error", error: executor.report(error) };
    }
  };

  const showing: Showing = {
    valueBundle: parts.valueBundle,
    complain: (error) => {
      const lines = ["The value cannot show itself, here is its text:", ...executor.report(error).traceback, ""];
      output.print("stderr", lines.join("\n"));
    },
  };

  const showResult = async (value: unknown) => {
    const data = await breakable.allow(() => displayBundle(value, showing));
    if (typeof data["text/plain"] === "string") history.setOutput(count, data["text/plain"]);
    output.publish("execute_result", { execution_count: count, data, metadata: {} });
  };

  const evaluateAll = async (expressions: Record<string, unknown>) => {
    const results: Record<string, object> = {};
    for (const [name, expression] of Object.entries(expressions))
      results[name] = await toExpressionResult(await executor.evaluate(String(expression)), showing);
    return results;
  };

  const finish = (request: Request, ended: Ended) => {
    clearTimeout(running?.asked);
    if (ended === INTERRUPTED) executor.abandon();
    Atomics.store(state, PLACE.breakable, 0);
    running = undefined;
    if (ended.status === "ok") {
      answer(request.id, { status: "ok", execution_count: count, user_expressions: {}, payload: [], ...ended.reply });
    } else {
      output.publish("error", ended.error);
      answer(request.id, { status: "error", execution_count: count, ...ended.error, payload: [] });
      if (request.stopOnError) abortWaiting();
    }
    next();
  };

  const abortWaiting = () => {
    parts.hearPending();
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
      waiting.push(toRequest(id, content));
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

function toRequest(id: number, content: Record<string, unknown>): Request {
  const silent = content.silent === true;
  const expressions = content.user_expressions;
  return {
    id,
    code: String(content.code ?? ""),
    silent,
    storeHistory: !silent && content.store_history !== false,
    stopOnError: content.stop_on_error !== false,
    allowStdin: content.allow_stdin === true,
    expressions: typeof expressions === "object" && expressions !== null ? { ...expressions } : {},
  };
}

async function toExpressionResult(outcome: Outcome, showing: Showing): Promise<object> {
  if (outcome.status === "error") return { status: "error", ...outcome.error };
  return { status: "ok", data: await displayBundle(outcome.value, showing), metadata: {} };
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
