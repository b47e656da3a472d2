import type { Debugger } from "../debug/debugger";
import type { DebugRequest } from "../debug/protocol";
import type { Interrupter } from "./interrupter";
import { kernelInfo } from "./kernelInfo";
import type { OpenRequests } from "./openRequests";
import type { Publisher } from "./publisher";
import type { Subshells } from "./subshells";
import { newUsage } from "./usage";
import type { ClientMessage } from "./wireMessage";

/** What the answers need. */
export interface AnswerParts {
  requests: OpenRequests;
  publisher: Publisher;
  interrupter: Interrupter;
  debug: Debugger;
  subshells: Subshells;
  /** Ends the kernel once all has left. */
  leave(): void;
}

/** Answers the requests that need no compiler, also while a cell keeps the other thread busy. */
export function newAnswerHere({ requests, publisher, interrupter, debug, subshells, leave }: AnswerParts) {
  const shutDown = (id: number, { header, content }: ClientMessage) => {
    const reply = JSON.stringify({ status: "ok", restart: content.restart === true });
    publisher.publish({ type: "shutdown_reply", parent: header, content: reply });
    requests.reply(id, reply);
    leave();
  };

  /** No widgets live here: a client's is closed, as the protocol wants it. */
  const closeComm = (id: number, { header, content: { comm_id } }: ClientMessage) => {
    publisher.publish({ type: "comm_close", parent: header, content: JSON.stringify({ comm_id, data: {} }) });
    requests.end(id);
  };

  const answerDebug = async (id: number, { content }: ClientMessage) => {
    const response = await debug.answer(content as unknown as DebugRequest);
    requests.reply(id, JSON.stringify(response));
  };

  const usage = newUsage();

  return (id: number, message: ClientMessage): void => {
    requests.begin(id);
    const told = subshells.answer(message);
    if (told) return requests.reply(id, JSON.stringify(told));
    switch (message.header.msg_type) {
      case "kernel_info_request":
        return requests.reply(id, JSON.stringify(kernelInfo()));
      case "comm_info_request":
        return requests.reply(id, JSON.stringify({ status: "ok", comms: {} }));
      case "interrupt_request":
        interrupter.interrupt();
        return requests.reply(id, JSON.stringify({ status: "ok" }));
      case "usage_request":
        return requests.reply(id, JSON.stringify(usage()));
      case "debug_request":
        return void answerDebug(id, message);
      case "shutdown_request":
        return shutDown(id, message);
      case "comm_open":
        return closeComm(id, message);
      default: // the protocol: no reply to what a kernel does not know
        return requests.end(id);
    }
  };
}
