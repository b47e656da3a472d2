import { receiveMessageOnPort, type MessagePort } from "worker_threads";
import { CellInterrupted } from "./cellAwaits";
import { newInterruptible } from "./interruptible";
import { INSTALLED_LIST, KEPT_MODULES } from "./builtFiles";
import { busyConverter } from "./compiler/busyConverter";
import { newConverter } from "./compiler/converter";
import { newAnnouncer } from "./debug/announcer";
import { offerDebugTarget } from "./debug/debugTarget";
import { complete } from "./completion";
import { newComms } from "./comms";
import { isComplete } from "./completeness";
import type { MimeBundle } from "./displayBundle";
import { newExecutionQueue, type QueueParts } from "./executionQueue";
import { newExecutor } from "./executor";
import { newFallbackFiles } from "./fallbackFiles";
import { helpFor } from "./help";
import { newHistory } from "./history";
import { inspectAt } from "./inspection";
import { answerHolder } from "./io/holder";
import { PLACE, type ToIo, type ToMain, wake } from "./io/link";
import { newOrigin } from "./origin";
import { newOutput } from "./output";
import { keepProcess } from "./processExit";
import { newCellMemory } from "./profile/cellMemory";
import { newCellProfiler } from "./profile/cellProfiler";
import { joinReports } from "./profile/cellReport";
import type { CalledFunction } from "./profile/foldProfile";
import { newOwnEvents } from "./ownEvents";
import { newPrompt, PROMPT_DECLARATION } from "./prompt";
import { reportError } from "./reportError";
import { newRichDisplay } from "./richDisplay";
import { newRunRequest } from "./runRequest";
import { makeSnapshot } from "./snapshot";
import { snapshotContent } from "./snapshotContent";
import { mapStacks, type Script } from "./stackPlaces";
import { loadTslab } from "./tslab";
import { newExecutionContext } from "./executionContext";
import { newVariables } from "./variables";

/** What the computing thread shares with the thread of the sockets. */
export interface KernelSurroundings {
  port: MessagePort;
  state: Int32Array;
  /** Loads a file of the library by its path from this folder. */
  load(name: string): unknown;
  /** Loads an ES module, as a file of plain JavaScript can. */
  importModule(place: string): Promise<unknown>;
}

const IDLE = 3000; // ms after the start, when a first cell has come to its result
const FLUSH_LIMIT = 2000; // ms for the last output to leave

/** What draws a cell's profile. */
interface FlameGraphs {
  flameGraph(functions: CalledFunction[], options: { title: string }): unknown;
}

/** The computing thread: compiles and runs cells with tslab's parts, answers what needs the compiler. */
export function startKernel({ port, state, load, importModule }: KernelSurroundings): void {
  const exit = keepProcess();
  const send = (message: ToIo) => port.postMessage(message);
  const answer: QueueParts["answer"] = (id, content, metadata = {}) =>
    send({ kind: "reply", id, content: JSON.stringify(content), metadata: JSON.stringify(metadata) });
  const scripts = new Map<string, Script>();
  mapStacks(scripts);
  const folder = process.cwd();
  const fallback = newFallbackFiles(folder);
  const origin = newOrigin();
  const output = newOutput({ send, origin, state });
  const { valueBundle, onRequired } = newRichDisplay(load);
  const tslab = loadTslab({
    lastWriteDisplayData: (content, update) => output.publish(update ? "update_display_data" : "display_data", content),
    lastClearOutput: (wait) => output.publish("clear_output", { wait }),
    valueBundle,
  });
  const { converter, isBusy } = busyConverter(
    newConverter({
      ts: tslab.ts,
      folder,
      fallback,
      kept: KEPT_MODULES,
      installed: INSTALLED_LIST,
      declared: PROMPT_DECLARATION,
      known: snapshotContent()?.known,
    }),
  );
  const history = newHistory();
  const interruptible = newInterruptible(state);
  const { prompt, onAnswer } = newPrompt({
    send,
    origin,
    mayAsk: (id) => queue.mayAsk(id),
    pending: () => receivePending(),
    state,
  });
  const variables = newVariables({ prompt });
  const soon = newOwnEvents();
  const announcer = newAnnouncer({ scripts, soon, send, state });
  const context = newExecutionContext({
    folder,
    fallback,
    tslab: tslab.library,
    scripts,
    variables,
    onRequired,
    importModule,
    announce: announcer.announce,
  });
  offerDebugTarget({ ts: tslab.ts, variables, scripts, valueBundle, declare: converter.declareAny, isBusy });
  const profiler = newCellProfiler({
    scripts,
    draw: (functions, options) =>
      valueBundle((load("../chart/flameGraph") as FlameGraphs).flameGraph(functions, options)) as MimeBundle,
  });
  const reports = joinReports([profiler, newCellMemory()]);
  const executor = newExecutor({ tslab, converter, context, interruptible, reports, folder });
  const help = (code: string) => interruptible.forbid(() => helpFor(converter, code));
  const receivePending = () => {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) onMessage(next.message);
  };
  const { report } = context;
  const comms = newComms({ send, output, origin, interruptible, soon, report });
  const runRequest = newRunRequest({ executor, output, history, interruptible, report, help, valueBundle });
  const queue = newExecutionQueue({
    ...{ executor, output, history, interruptible, origin, reports, soon },
    ...{ state, send, answer, runRequest, receivePending },
  });

  const compute = (type: string, content: Record<string, unknown>): object => {
    if (type === "complete_request") return complete(converter, content);
    if (type === "inspect_request") return inspectAt(converter, content);
    if (type === "is_complete_request") return isComplete(tslab, content);
    return history.answer(content);
  };

  const holder = answerHolder(origin.id);
  const onMessage = (message: ToMain) => {
    switch (message.kind) {
      case "request": {
        const { id, type, content, shell } = message;
        if (type === "execute_request") return queue.add(id, content, shell);
        if (shell !== undefined) interruptible.forbid(executor.share);
        const reply = interruptible.forbid(() => withoutThrow(() => compute(type, content)));
        return answer(id, reply);
      }
      case "comm":
        return comms.onMessage(message.id, message);
      case "interrupt":
        wake(state, PLACE.received, message.count);
        if (message.emit) process.emit("SIGINT");
        return queue.interrupt(message.ids);
      case "deleted":
        wake(state, PLACE.received, message.count);
        return queue.remove(message.shell);
      case "terminated":
        soon(holder.recover); // on its own event: the end of a cell, which may hear this here, would lose whose it is
        comms.endBroken();
        return queue.breakOff(holder.last() || message.id);
      case "scriptsKnown":
        return announcer.onKnown(message.id);
      case "answer":
        return onAnswer(message.text);
      case "exit":
        exit(0);
    }
  };
  const reportUncaught = (kind: string) => (error: unknown) =>
    error instanceof CellInterrupted || process.stderr.write([`${kind}:`, ...report(error).traceback, ""].join("\n"));
  process.on("uncaughtException", reportUncaught("Uncaught, outside of any cell"));
  process.on("unhandledRejection", reportUncaught("A promise was rejected and nobody awaits it"));
  process.on("exit", () => {
    send({ kind: "flush" });
    Atomics.wait(state, PLACE.flushed, 0, FLUSH_LIMIT);
  });
  port.on("message", onMessage);
  interruptible.ready();
  send({ kind: "ready" });
  setTimeout(() => void makeSnapshot({ mayEnd: true }), IDLE).unref();
}

function withoutThrow(compute: () => object): object {
  try {
    return compute();
  } catch (error) {
    return { status: "error", ...reportError(error, { folder: process.cwd(), sourceOf: () => undefined }) };
  }
}
