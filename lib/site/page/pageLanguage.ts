import { type LanguageWorker, newLanguageWorker } from "../../kernel/io/languageWorker";
import { type PageWorker, type PageWorkerParts, startPageWorker } from "./pageWorker";

/** The language service of a page. */
export interface PageLanguage {
  ask: LanguageWorker;
  /** Ends its worker. */
  close(): void;
}

/** A language service in a worker of this page, which starts with the first question. */
export function newPageLanguage(parts: PageWorkerParts): PageLanguage {
  let worker: PageWorker | undefined;
  const ask = newLanguageWorker(({ onReply, onEnd }) => {
    const onError = (message: string) => {
      worker?.terminate();
      onEnd(`The language service has failed: ${message}`);
    };
    const { port } = (worker = startPageWorker({ kind: "language" }, { ...parts, onError }));
    port.onmessage = ({ data }) => onReply(data);
    return (question) => port.postMessage(question);
  });
  return { ask, close: () => worker?.terminate() };
}
