import { writeSync } from "fs";
import type { MessagePort } from "worker_threads";
import { newInterrupter } from "./interrupter";
import { kernelInfo } from "./kernelInfo";
import { PLACE, type ToIo, type ToMain } from "./link";
import { newPublisher } from "./publisher";
import { newSender } from "./sender";
import { bindSockets } from "./sockets";
import { watchParent } from "./watchParent";
import { type ClientMessage, type ConnectionInfo, newWire } from "./wireMessage";

/** What the thread of the sockets works with. */
export interface IoSurroundings {
  connection: ConnectionInfo;
  port: MessagePort;
  state: Int32Array;
}

type Channel = "shell" | "control";

/** A request under work. */
interface Open {
  id: number;
  channel: Channel;
  message: ClientMessage;
  begun: boolean;
}

/** Requests for the thread that computes; the others are answered here, also while it is busy. */
const COMPUTED = ["execute", "complete", "inspect", "is_complete", "history"].map((name) => `${name}_request`);
const LEAVING = 1000; // ms for the last messages to leave, then for the computing thread to end the process

/** Owns the kernel's sockets: nothing a cell does keeps them from being served. Ends the process when they fail. */
export async function startIo({ connection, port, state }: IoSurroundings): Promise<void> {
  process.on("uncaughtException", (error) => endProcess(error));
  const wire = newWire(connection);
  const sockets = await bindSockets(connection).catch(endProcess);
  const senders = { shell: newSender(sockets.shell), control: newSender(sockets.control) };
  const stdin = newSender(sockets.stdin);
  const publisher = newPublisher(newSender(sockets.iopub), wire, state);
  const tell = (message: ToMain) => port.postMessage(message);
  const requests = new Map<number, Open>();
  let lastId = 0;
  /** The request whose cell runs or ran last: output belongs to it. */
  let cell: Open | undefined;
  /** Clients that ask who is there are answered when cells can run. */
  const early: number[] = [];
  let isReady = false;
  /** Cells run in the order they were asked for: the first that has no reply yet runs, or will as soon as it can. */
  const runningId = () => [...requests.values()].find(isExecution)?.id ?? 0;
  const interrupter = newInterrupter({ tell, state, runningId });

  const setStatus = (execution_state: string, parent: object) =>
    publisher.publish({ type: "status", parent, content: JSON.stringify({ execution_state }) });

  const begin = (id: number) => {
    const open = requests.get(id);
    if (!open || open.begun) return;
    open.begun = true;
    if (isExecution(open)) cell = open;
    setStatus("busy", open.message.header);
  };

  const reply = (id: number, content: string) => {
    const open = requests.get(id);
    if (!open) return;
    begin(id);
    requests.delete(id);
    const { identities, header } = open.message;
    const type = replyType(header.msg_type);
    void senders[open.channel].send(wire.encode({ address: identities, type, parent: header, content }));
    setStatus("idle", header);
    if (cell && requests.has(cell.id)) setStatus("busy", cell.message.header);
  };

  const leave = async (id: number, content: Record<string, unknown>) => {
    const parent = requests.get(id)?.message.header ?? {};
    const text = JSON.stringify({ status: "ok", restart: content.restart === true });
    publisher.publish({ type: "shutdown_reply", parent, content: text });
    reply(id, text);
    const drained = Promise.all([publisher.drained(), senders.shell.drained(), senders.control.drained()]);
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, LEAVING))]); // a reader may sleep
    tell({ kind: "exit" });
    setTimeout(kill, LEAVING);
  };

  const answerHere = (id: number, { header, content }: ClientMessage) => {
    switch (header.msg_type) {
      case "kernel_info_request":
        return reply(id, JSON.stringify(kernelInfo()));
      case "comm_info_request":
        return reply(id, JSON.stringify({ status: "ok", comms: {} }));
      case "interrupt_request":
        interrupter.interrupt();
        return reply(id, JSON.stringify({ status: "ok" }));
      case "shutdown_request":
        return void leave(id, content);
      case "comm_open": // no widgets live here: the client's is closed, as the protocol wants it
        publisher.publish({
          type: "comm_close",
          parent: header,
          content: JSON.stringify({ comm_id: content.comm_id, data: {} }),
        });
    }
    begin(id);
    requests.delete(id);
    setStatus("idle", header);
  };

  const hear = (channel: Channel, message: ClientMessage) => {
    const id = ++lastId;
    const { msg_type } = message.header;
    requests.set(id, { id, channel, message, begun: false });
    if (COMPUTED.includes(msg_type)) return tell({ kind: "request", id, type: msg_type, content: message.content });
    if (!isReady && msg_type === "kernel_info_request") return void early.push(id);
    begin(id);
    answerHere(id, message);
  };

  port.on("message", async (message: ToIo) => {
    const parent = cell?.message.header ?? {};
    switch (message.kind) {
      case "ready":
        isReady = true;
        return early.splice(0).forEach((id) => reply(id, JSON.stringify(kernelInfo())));
      case "begin":
        return begin(message.id);
      case "stream":
        return publisher.print(message.name, parent, message.text);
      case "publish":
        return publisher.publish({ type: message.type, parent, content: message.content }, message.content.length);
      case "input": {
        const address = cell?.message.identities ?? [];
        return void stdin.send(wire.encode({ address, type: "input_request", parent, content: message.content }));
      }
      case "reply":
        return reply(message.id, message.content);
      case "flush":
        await publisher.drained();
        for (const socket of Object.values(sockets)) socket.close();
        await new Promise((resolve) => setTimeout(resolve, 20)); // for zeromq's own thread
        Atomics.store(state, PLACE.flushed, 1);
        Atomics.notify(state, PLACE.flushed);
    }
  });

  const receive = async (channel: Channel) => {
    for await (const frames of sockets[channel]) {
      const message = decoded(() => wire.decode(frames));
      if (message) hear(channel, message);
    }
  };
  const hearAnswers = async () => {
    for await (const frames of sockets.stdin) {
      const answer = decoded(() => wire.decode(frames));
      if (answer?.header.msg_type !== "input_reply") continue;
      tell({ kind: "answer", text: String(answer.content.value) });
      Atomics.store(state, PLACE.answered, 1);
      Atomics.notify(state, PLACE.answered);
    }
  };
  void receive("shell");
  void receive("control");
  void hearAnswers();
  void answerHeartbeat(sockets.hb);
  watchParent(kill);
  setStatus("starting", {});
}

function isExecution({ message }: Open): boolean {
  return message.header.msg_type === "execute_request";
}

async function answerHeartbeat(socket: AsyncIterable<Buffer[]> & { send(frames: Buffer[]): Promise<void> }) {
  for await (const frames of socket) await socket.send(frames);
}

function replyType(requestType: string): string {
  return requestType.replace(/_request$/, "_reply");
}

/** Frames that are no message, or not signed with our key, are passed over, and the server's log says so. */
function decoded(decode: () => ClientMessage): ClientMessage | undefined {
  try {
    return decode();
  } catch (error) {
    writeSync(2, `The kernel has passed over a message: ${(error as Error).message}\n`);
    return undefined;
  }
}

/** A kernel whose sockets have failed is of no use. */
function endProcess(error: unknown): never {
  writeSync(2, `The kernel's sockets have failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  return kill();
}

/** Ends the whole process from this thread, however busy the other one is. */
function kill(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("unreachable");
}
