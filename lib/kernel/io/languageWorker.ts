import { join } from "path";
import { Worker } from "worker_threads";
import type { LanguageReply } from "../language/answerQuestion";

/** Answers what front ends ask of a notebook as it is written. */
export type LanguageWorker = (question: Record<string, unknown>) => Promise<LanguageReply>;

/** A language service in a thread of its own, which starts with the first question, and anew if it has ended. */
export function newLanguageWorker(folder: string): LanguageWorker {
  const waiting = new Map<number, (reply: LanguageReply) => void>();
  let worker: Worker | undefined;
  let lastId = 0;

  const end = (evalue: string) => {
    worker = undefined;
    for (const answer of waiting.values()) answer({ status: "error", ename: "Error", evalue });
    waiting.clear();
  };

  const start = (): Worker => {
    const started = new Worker(join(__dirname, "..", "launch.js"), { workerData: { language: folder } });
    started.on("message", ({ id, reply }: { id: number; reply: LanguageReply }) => {
      waiting.get(id)?.(reply);
      waiting.delete(id);
    });
    started.on("error", ({ message }) => end(`The language service has failed: ${message}`));
    started.on("exit", () => worker === started && end("The language service has ended"));
    return started;
  };

  return (question) =>
    new Promise((resolve) => {
      worker ??= start();
      waiting.set(++lastId, resolve);
      worker.postMessage({ id: lastId, question });
    });
}
