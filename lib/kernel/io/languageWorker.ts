import type { LanguageReply } from "../language/answerQuestion";

/** Answers what front ends ask of a notebook as it is written. */
export type LanguageWorker = (question: Record<string, unknown>) => Promise<LanguageReply>;

/** A question on its way to the thread of the language service. */
export interface ThreadQuestion {
  id: number;
  question: Record<string, unknown>;
}

/** What hears the thread of the language service. */
export interface ThreadListeners {
  onReply(reply: { id: number; reply: LanguageReply }): void;
  /** The thread has ended, and why. */
  onEnd(why: string): void;
}

/** Starts the thread of the language service; gives what takes questions to it. */
export type StartThread = (listeners: ThreadListeners) => (question: ThreadQuestion) => void;

/** A language service in a thread of its own, which starts with the first question, and anew if it has ended. */
export function newLanguageWorker(start: StartThread): LanguageWorker {
  const waiting = new Map<number, (reply: LanguageReply) => void>();
  let send: ((question: ThreadQuestion) => void) | undefined;
  let lastId = 0;

  const onReply: ThreadListeners["onReply"] = ({ id, reply }) => {
    waiting.get(id)?.(reply);
    waiting.delete(id);
  };

  const onEnd = (evalue: string) => {
    send = undefined;
    for (const answer of waiting.values()) answer({ status: "error", ename: "Error", evalue });
    waiting.clear();
  };

  return (question) =>
    new Promise((resolve) => {
      send ??= start({ onReply, onEnd });
      waiting.set(++lastId, resolve);
      send({ id: lastId, question });
    });
}
