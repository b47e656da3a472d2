import { CellInterrupted } from "./cellAwaits";
import type { ExecuteRequest } from "./executeRequest";
import type { Executor } from "./executor";
import type { History } from "./history";
import type { Interruptible } from "./interruptible";
import type { ToIo } from "./io/link";
import type { Origin } from "./origin";
import type { Output } from "./output";
import type { CellReports } from "./profile/cellReport";
import type { Ended } from "./runRequest";

/** Runs the cells of one shell, in the order they were asked for. */
export interface ShellQueue {
  add(request: ExecuteRequest): void;
  /** The cell that runs. */
  running(): RunningCell | undefined;
  /** Ends the cell that runs; those behind it do not run. */
  close(): void;
}

/** A request whose cell runs, and what ends it from outside. */
export interface RunningCell {
  id: number;
  allowStdin: boolean;
  /** Ends it as interrupted. */
  stop(): void;
  /** Set once the cell was asked to end by itself. */
  asked?: NodeJS.Timeout;
}

type Running = RunningCell & { end(ended: Ended): void };

/** What a shell's queue works with. */
export interface ShellParts {
  executor: Executor;
  output: Output;
  history: History;
  interruptible: Interruptible;
  origin: Origin;
  reports: CellReports;
  /** The last number that a cell of any shell has got. */
  counter: { last: number };
  /** Runs something on an event of its own. */
  soon(work: () => void): void;
  send(message: ToIo): void;
  /** Replies; the metadata is empty by default. */
  answer(id: number, content: object, metadata?: object): void;
  runRequest(request: ExecuteRequest, count: number): Promise<Ended>;
  /** Hears the requests that have come while a cell kept this thread: at once, or when the promise settles. */
  receivePending(): void | Promise<void>;
}

const INTERRUPTED = ending(new CellInterrupted());
const DELETED = ending({ name: "SubshellDeleted", message: "the cell's subshell was deleted" });

/** An empty queue. */
export function newShellQueue(parts: ShellParts): ShellQueue {
  const { executor, output, history, interruptible, origin, counter, soon, send, answer, runRequest, receivePending } =
    parts;
  const waiting: ExecuteRequest[] = [];
  let running: Running | undefined;

  const next = () => {
    const request = running ? undefined : waiting.shift();
    if (!request) return;
    const { id, allowStdin } = request;
    const current: Running = { id, allowStdin, stop: () => current.end(INTERRUPTED), end: () => {} };
    running = current;
    void origin.of(id, () => work(request, current));
  };

  const work = async (request: ExecuteRequest, current: Running) => {
    send({ kind: "begin", id: request.id });
    if (request.storeHistory) history.add(++counter.last, request.code);
    const count = counter.last;
    if (!request.silent) output.publish("execute_input", { code: request.code, execution_count: count });
    const stopped = new Promise<Ended>((resolve) => (current.end = resolve));
    const start = () => origin.of(request.id, () => runRequest(request, count));
    const started = new Promise<Ended>((resolve) => soon(() => running === current && resolve(start())));
    const ended = await Promise.race([started, stopped]);
    try {
      await finish(request, count, ended);
    } finally {
      running = undefined;
      next();
      if (!executor.isSettled()) soon(executor.settle);
    }
  };

  const finish = async (request: ExecuteRequest, count: number, ended: Ended) => {
    clearTimeout(running?.asked);
    executor.abandon(request.id);
    interruptible.end(request.id);
    const behind = ended.status === "error" && request.stopOnError ? await takeWaiting() : [];
    for (const data of parts.reports.take(request.id)) output.publish("display_data", { data, metadata: {} });
    if (ended.status === "ok") {
      const reply = { status: "ok", execution_count: count, user_expressions: {}, payload: [], ...ended.reply };
      answer(request.id, reply, ended.uses?.());
    } else {
      output.publish("error", ended.error);
      answer(request.id, { status: "error", execution_count: count, ...ended.error, payload: [] }, ended.uses?.());
      abort(behind);
    }
  };

  const takeWaiting = async () => {
    const pending = receivePending();
    if (pending) await pending;
    return waiting.splice(0);
  };

  const abort = (requests: ExecuteRequest[]) => {
    for (const { id } of requests) answer(id, { status: "aborted", execution_count: counter.last });
  };

  return {
    add: (request) => {
      waiting.push(request);
      next();
    },
    running: () => running,
    close: () => {
      running?.end(DELETED);
      void takeWaiting().then(abort);
    },
  };
}

/** How a cell ends that something else ends. */
function ending({ name: ename, message: evalue }: { name: string; message: string }): Ended {
  return { status: "error", error: { ename, evalue, traceback: [`${ename}: ${evalue}`] } };
}
