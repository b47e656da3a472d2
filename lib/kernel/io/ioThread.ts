import type { MessagePort } from "worker_threads";
import { newDebugger } from "../debug/debugger";
import { newAnswerHere } from "./answerHere";
import { endProcess, kill } from "./endProcess";
import { newInterrupter } from "./interrupter";
import { PLACE, type ToIo, type ToMain } from "./link";
import { type Channel, newOpenRequests } from "./openRequests";
import { newPublisher } from "./publisher";
import { echo, receive, receiveReaders } from "./receive";
import { newSender } from "./sender";
import { bindSockets } from "./sockets";
import { newSubshells, shellOf } from "./subshells";
import { watchParent } from "./watchParent";
import { type ClientMessage, type ConnectionInfo, newWire } from "./wireMessage";

/** What the thread of the sockets works with. */
export interface IoSurroundings {
  connection: ConnectionInfo;
  port: MessagePort;
  state: Int32Array;
}

/** Requests for the thread that computes; the others are answered here, also while it is busy. */
const COMPUTED = ["execute", "complete", "inspect", "is_complete", "history"].map((name) => `${name}_request`);
const LEAVING = 1000; // ms for the last messages to leave, then for the computing thread to end the process
const CLOSING = 20; // ms for zeromq's own thread to send what is left

/** Owns the kernel's sockets: nothing a cell does keeps them from being served. Ends the process when they fail. */
export async function startIo({ connection, port, state }: IoSurroundings): Promise<void> {
  process.on("uncaughtException", (error) => endProcess(error));
  const wire = newWire(connection);
  const sockets = await bindSockets(connection).catch(endProcess);
  const senders = { shell: newSender(sockets.shell), control: newSender(sockets.control) };
  const stdin = newSender(sockets.stdin);
  const publisher = newPublisher(newSender(sockets.iopub), wire, state);
  const send = (message: ToMain) => port.postMessage(message);
  const requests = newOpenRequests({ senders, publisher, wire });
  const debug = newDebugger({
    ...{ send, state },
    publish: (content) => {
      const parent = requests.cell()?.header ?? {};
      publisher.publish({ type: "debug_event", parent, content: JSON.stringify(content) });
    },
  });
  const interrupter = newInterrupter({ send, state, requests, release: debug.release });
  const subshells = newSubshells(interrupter.endShell);

  const leave = async () => {
    const drained = Promise.all([publisher.drained(), senders.shell.drained(), senders.control.drained()]);
    debug.close();
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, LEAVING))]); // a reader may sleep
    send({ kind: "exit" });
    setTimeout(kill, LEAVING);
  };

  const flush = async () => {
    await publisher.drained();
    for (const socket of Object.values(sockets)) socket.close();
    await new Promise((resolve) => setTimeout(resolve, CLOSING));
    wake(state, PLACE.flushed);
  };

  const answerHere = newAnswerHere({ requests, publisher, interrupter, debug, subshells, leave });
  /** Clients that ask who is there are answered when cells can run: what waits for that, undefined once they can. */
  let early: (() => void)[] | undefined = [];

  const onMessage = (channel: Channel) => (message: ClientMessage) => {
    const id = requests.open(channel, message);
    const { msg_type: type } = message.header;
    const isComputed = COMPUTED.includes(type);
    const refusal = isComputed || channel === "shell" ? subshells.refusal(message) : undefined;
    if (refusal) return requests.refuse(id, refusal);
    if (isComputed) return send({ kind: "request", id, type, content: message.content, shell: shellOf(message) });
    if (early && type === "kernel_info_request") early.push(() => answerHere(id, message));
    else answerHere(id, message);
  };

  const onAnswer = ({ header, content }: ClientMessage) => {
    if (header.msg_type !== "input_reply") return;
    send({ kind: "answer", text: String(content.value) });
    wake(state, PLACE.answered);
  };

  port.on("message", (message: ToIo) => {
    const cell = requests.cell("cell" in message ? message.cell : undefined);
    const parent = cell?.header ?? {};
    switch (message.kind) {
      case "ready":
        early?.forEach((answer) => answer());
        return (early = undefined);
      case "begin":
        return requests.begin(message.id);
      case "stream":
        return publisher.print(message.name, parent, message.text);
      case "publish":
        return publisher.publish({ type: message.type, parent, content: message.content }, message.content.length);
      case "input": {
        const address = cell?.identities ?? [];
        return stdin.send(wire.encode({ address, type: "input_request", parent, content: message.content }));
      }
      case "reply":
        return requests.reply(message.id, message.content, message.metadata);
      case "scripts":
        return debug.announce(message.id, message.scripts);
      case "flush":
        return flush();
    }
  });

  publisher.publish({ type: "status", parent: {}, content: JSON.stringify({ execution_state: "starting" }) });
  void receive(sockets.shell, wire, onMessage("shell"));
  void receive(sockets.control, wire, onMessage("control"));
  void receive(sockets.stdin, wire, onAnswer);
  void receiveReaders(sockets.iopub, (subscription) => publisher.welcome(subscription));
  void echo(sockets.hb);
  watchParent(kill);
}

/** Wakes the computing thread, which waits at this place. */
function wake(state: Int32Array, place: number): void {
  Atomics.store(state, place, 1);
  Atomics.notify(state, place);
}
