import { join } from "path";
import type { MessagePort } from "worker_threads";
import type { Compiler } from "../compiler/compiler";
import { loadCompiler } from "../compiler/loadCompiler";
import { answerQuestion, type LanguageQuestion } from "./answerQuestion";
import { newNotebookLanguage } from "./notebookLanguage";

/** The thread of the language service: answers questions about one notebook, also while a cell computes. */
export function startLanguage(port: MessagePort, folder: string): void {
  const ts = loadCompiler(join(__dirname, "..", "build")) as Compiler;
  const language = newNotebookLanguage(ts, folder);
  port.on("message", ({ id, question }: { id: number; question: LanguageQuestion }) =>
    port.postMessage({ id, reply: answerQuestion(language, question) }),
  );
}
