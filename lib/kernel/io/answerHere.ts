import type { Debugger } from "../debug/debugger";
import type { DebugRequest } from "../debug/protocol";
import type { Interrupter } from "./interrupter";
import { kernelInfo } from "./kernelInfo";
import type { CommList } from "./commList";
import type { OpenRequests } from "./openRequests";
import type { Publisher } from "./publisher";
import type { LanguageWorker } from "./languageWorker";
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
  comms: Pick<CommList, "list">;
  language: LanguageWorker;
  /** Ends the kernel once all has left. */
  leave(): void;
}

/** Answers the requests that need no compiler, also while a cell keeps the other thread busy. */
export function newAnswerHere(parts: AnswerParts) {
  const { requests, publisher, interrupter, debug, subshells, comms, language, leave } = parts;
  const shutDown = (id: number, { header, content }: ClientMessage) => {
    const reply = JSON.stringify({ status: "ok", restart: content.restart === true });
    publisher.publish({ type: "shutdown_reply", parent: header, content: reply });
    requests.reply(id, reply);
    leave();
  };

  const answerDebug = async (id: number, { content }: ClientMessage) => {
    const response = await debug.answer(content as unknown as DebugRequest);
    requests.reply(id, JSON.stringify(response));
  };

  const answerLanguage = async (id: number, { content }: ClientMessage) => {
    const reply = await language(content);
    requests.reply(id, JSON.stringify(reply));
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
        return requests.reply(id, JSON.stringify({ status: "ok", comms: comms.list(message.content.target_name) }));
      case "interrupt_request":
        interrupter.interrupt();
        return requests.reply(id, JSON.stringify({ status: "ok" }));
      case "usage_request":
        return requests.reply(id, JSON.stringify(usage()));
      case "debug_request":
        return void answerDebug(id, message);
      case "language_request":
        return void answerLanguage(id, message);
      case "shutdown_request":
        return shutDown(id, message);
      default: // the protocol: no reply to what a kernel does not know
        return requests.end(id);
    }
  };
}
