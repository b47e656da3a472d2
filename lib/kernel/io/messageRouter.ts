import type { Debugger } from "../debug/debugger";
import { newAnswerHere } from "./answerHere";
import { newCommInbox } from "./commInbox";
import { newCommList } from "./commList";
import type { Interrupter, InterrupterParts } from "./interrupter";
import type { LanguageWorker } from "./languageWorker";
import { PLACE, type ToIo, type ToMain, wake } from "./link";
import { type Channel, newOpenRequests, type OpenRequests } from "./openRequests";
import { newPublisher, type Publisher } from "./publisher";
import type { Sender } from "./sender";
import { newSubshells, shellOf } from "./subshells";
import type { ClientMessage, Wire } from "./wireMessage";

/** Routes messages between clients and the computing thread, whatever carries them. */
export interface MessageRouter {
  /** Hears a client. */
  onMessage(channel: Channel, message: ClientMessage): void;
  /** Hears what a person has typed. */
  onAnswer(message: ClientMessage): void;
  /** Hears the computing thread. */
  onComputed(message: ToIo): void;
  requests: OpenRequests;
  publisher: Publisher;
  debug: Debugger;
  interrupter: Interrupter;
}

/** What a router works with. */
export interface RouterParts {
  wire: Pick<Wire, "encode">;
  senders: Record<Channel | "stdin" | "iopub", Sender>;
  state: Int32Array;
  /** Tells the computing thread. */
  send(message: ToMain): void;
  newInterrupter(parts: InterrupterParts): Interrupter;
  /** The debugger, which tells its client of events. */
  newDebug(publish: (content: object) => void): Debugger;
  language: LanguageWorker;
  /** Ends the kernel once all has left. */
  leave(): void;
  /** Lets all output leave, as the process ends. */
  flush(): void;
}

/** Requests for the thread that computes; the others are answered here, also while it is busy. */
const COMMS = ["comm_open", "comm_msg", "comm_close"];
const COMPUTED = ["execute", "complete", "inspect", "is_complete", "history"].map((name) => `${name}_request`);

/** A router that has heard nothing yet. */
export function newMessageRouter(parts: RouterParts): MessageRouter {
  const { wire, senders, state, send, language, leave, flush } = parts;
  const publisher = newPublisher(senders.iopub, wire, state);
  const requests = newOpenRequests({ senders, publisher, wire });
  const debug = parts.newDebug((content) => {
    const parent = requests.cell()?.header ?? {};
    publisher.publish({ type: "debug_event", parent, content: JSON.stringify(content) });
  });
  const interrupter = parts.newInterrupter({ send, state, requests, release: debug.release });
  const subshells = newSubshells(interrupter.endShell);
  const comms = newCommList();
  const inbox = newCommInbox({ requests, send });
  const answerHere = newAnswerHere({ requests, publisher, interrupter, debug, subshells, comms, language, leave });
  /** Clients that ask who is there are answered when cells can run: what waits for that, undefined once they can. */
  let early: (() => void)[] | undefined = [];

  const onMessage: MessageRouter["onMessage"] = (channel, message) => {
    const id = requests.open(channel, message);
    const { msg_type: type } = message.header;
    const isComputed = COMPUTED.includes(type);
    const refusal = isComputed || channel === "shell" ? subshells.refusal(message) : undefined;
    if (refusal) return requests.refuse(id, refusal);
    if (isComputed) inbox.flush(); // a cell sees what was told before it
    if (isComputed) return send({ kind: "request", id, type, content: message.content, shell: shellOf(message) });
    if (COMMS.includes(type)) return (comms.hear(type, message.content), inbox.add(id, message));
    if (early && type === "kernel_info_request") early.push(() => answerHere(id, message));
    else answerHere(id, message);
  };

  const onAnswer: MessageRouter["onAnswer"] = ({ header, content }) => {
    if (header.msg_type !== "input_reply") return;
    send({ kind: "answer", text: String(content.value) });
    wake(state, PLACE.answered);
  };

  let rehearse: (() => void) | undefined = () => {
    rehearse = undefined;
    setTimeout(interrupter.rehearse); // once the reply has left
  };

  const onComputed: MessageRouter["onComputed"] = (message) => {
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
      case "commPublish": {
        const about = message.request === undefined ? undefined : requests.header(message.request);
        comms.hear(message.message.type, message.message.content);
        return publisher.publish({ ...message.message, parent: about ?? parent }, message.size);
      }
      case "commDone":
        return inbox.done(message.id);
      case "input": {
        const address = cell?.identities ?? [];
        const question = wire.encode({ address, type: "input_request", parent, content: message.content });
        return void senders.stdin.send(question);
      }
      case "reply":
        requests.reply(message.id, message.content, message.metadata);
        rehearse?.();
        return;
      case "scripts":
        return debug.announce(message.id, message.scripts);
      case "flush":
        return flush();
    }
  };

  return { onMessage, onAnswer, onComputed, requests, publisher, debug, interrupter };
}
