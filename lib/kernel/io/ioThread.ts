import type { MessagePort } from "worker_threads";
import { newDebugger } from "../debug/debugger";
import type { ErrorReport } from "../reportError";
import { endProcess, kill } from "./endProcess";
import { newInterrupter } from "./interrupter";
import { newLanguageWorker } from "./languageWorker";
import { PLACE, type ToMain, wake } from "./link";
import { memoryLimit, watchMemory } from "./memoryLimit";
import { newMessageRouter } from "./messageRouter";
import { pauseComputing } from "./pauseComputing";
import { echo, receive, receiveReaders } from "./receive";
import { newSender } from "./sender";
import { bindSockets } from "./sockets";
import { startLanguageThread } from "./startLanguageThread";
import { watchParent } from "./watchParent";
import { type ConnectionInfo, newWire } from "./wireMessage";

/** What the thread of the sockets works with. */
export interface IoSurroundings {
  connection: ConnectionInfo;
  port: MessagePort;
  state: Int32Array;
}

const LEAVING = 1000; // ms for the last messages to leave, then for the computing thread to end the process
const LAST_WORDS = 500; // ms for an error to leave, as memory runs out
const CLOSING = 20; // ms for zeromq's own thread to send what is left

/** Owns the kernel's sockets: nothing a cell does keeps them from being served. Ends the process when they fail. */
export async function startIo({ connection, port, state }: IoSurroundings): Promise<void> {
  process.on("uncaughtException", (error) => endProcess(error));
  const wire = newWire(connection);
  const sockets = await bindSockets(connection).catch(endProcess);
  const { shell, control, stdin, iopub } = sockets;
  const senders = {
    ...{ shell: newSender(shell), control: newSender(control) },
    ...{ stdin: newSender(stdin), iopub: newSender(iopub) },
  };
  const send = (message: ToMain) => port.postMessage(message);

  /** Resolves when all messages have left, or after so many milliseconds: a reader may sleep. */
  const drainedWithin = async (most: number) => {
    const drained = Promise.all([router.publisher.drained(), senders.shell.drained(), senders.control.drained()]);
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, most))]);
  };

  const leave = async () => {
    const drained = drainedWithin(LEAVING);
    router.debug.close();
    await drained;
    send({ kind: "exit" });
    setTimeout(kill, LEAVING);
  };

  const flush = async () => {
    await router.publisher.drained();
    for (const socket of Object.values(sockets)) socket.close();
    await new Promise((resolve) => setTimeout(resolve, CLOSING));
    wake(state, PLACE.flushed);
  };

  /** Ends the kernel at once; the cells that run have this error. */
  const endWith = async (error: ErrorReport) => {
    pauseComputing();
    const { requests, publisher } = router;
    const running = requests.runningIds();
    const words = `${error.traceback.join("\n")}\n`;
    if (running.length === 0) publisher.print("stderr", requests.cell()?.header ?? {}, words);
    for (const id of running) requests.refuse(id, error);
    await drainedWithin(LAST_WORDS);
    for (const socket of Object.values(sockets)) socket.close();
    setTimeout(kill, LAST_WORDS);
  };

  const router = newMessageRouter({
    ...{ wire, senders, state, send, newInterrupter },
    newDebug: (publish) => newDebugger({ send, state, publish }),
    language: newLanguageWorker(startLanguageThread(process.cwd())),
    ...{ leave, flush },
  });

  port.on("message", router.onComputed);
  router.publisher.publish({ type: "status", parent: {}, content: JSON.stringify({ execution_state: "starting" }) });
  void receive(shell, wire, (message) => router.onMessage("shell", message));
  void receive(control, wire, (message) => router.onMessage("control", message));
  void receive(stdin, wire, router.onAnswer);
  void receiveReaders(iopub, (subscription) => router.publisher.welcome(subscription));
  void echo(sockets.hb);
  watchParent(kill);
  const limit = memoryLimit();
  if (limit !== undefined) watchMemory(limit, (error) => void endWith(error));
}
