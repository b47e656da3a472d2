import { join } from "path";
import { Worker } from "worker_threads";
import type { StartThread } from "./languageWorker";

/** Has the language service for the notebooks of a folder in a thread of Node's. */
export function startLanguageThread(folder: string): StartThread {
  return ({ onReply, onEnd }) => {
    const worker = new Worker(join(__dirname, "..", "launch.js"), { workerData: { language: folder } });
    let isOver = false;
    const end = (why: string) => {
      if (!isOver) onEnd(why);
      isOver = true;
    };
    worker.on("message", onReply);
    worker.on("error", ({ message }) => end(`The language service has failed: ${message}`));
    worker.on("exit", () => end("The language service has ended"));
    return (question) => worker.postMessage(question);
  };
}
