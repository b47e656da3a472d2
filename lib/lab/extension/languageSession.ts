import type { Cell, KernelConnection, NotebookPanel } from "@jupyterlab/notebook";
import { KernelMessage } from "@jupyterlab/services";
import type { LanguageAnswers, LanguageQuestion } from "../../kernel/language/answerQuestion";

/** Asks the kernel's language service about a notebook. */
export interface LanguageSession {
  /** Resolves to undefined where the kernel has no answer; rejects with what it refuses. */
  ask<Method extends keyof LanguageAnswers>(
    method: Method,
    question?: Omit<LanguageQuestion, "method" | "cells">,
  ): Promise<LanguageAnswers[Method] | undefined>;
  panel: NotebookPanel;
}

const LIMIT = 60_000; // ms: the first answer may take long

/** The session of a notebook. Each question has all cells with it, as they are written at the time. */
export function newLanguageSession(panel: NotebookPanel): LanguageSession {
  const cells = () =>
    panel.content.widgets
      .filter(({ model }) => model.type === "code")
      .map(({ model }) => ({ id: model.id, text: model.sharedModel.getSource() }));

  const ask: LanguageSession["ask"] = async (method, question = {}) => {
    const kernel = panel.sessionContext.session?.kernel;
    if (!kernel || !isOurs(panel)) return undefined;
    const content = await send(kernel, { method, cells: cells(), ...question });
    if (content?.status === "error") throw new RangeError(String(content.evalue));
    return content?.result as never;
  };
  return { ask, panel };
}

/** Whether a notebook runs in this project's kernel. */
function isOurs({ sessionContext }: NotebookPanel): boolean {
  return sessionContext.session?.kernel?.name === "tslab";
}

/** The kernel answers without saying that it is busy, so that nothing flickers; the future ends with its reply. */
function send(kernel: KernelConnection, content: object): Promise<Record<string, unknown> | undefined> {
  const message = KernelMessage.createMessage({
    msgType: "language_request",
    channel: "control",
    username: kernel.username,
    session: kernel.clientId,
    content,
  });
  const future = kernel.sendControlMessage(message, true, false);
  return new Promise((resolve) => {
    const end = (answer?: Record<string, unknown>) => {
      clearTimeout(timer);
      resolve(answer);
      future.dispose();
    };
    const timer = setTimeout(end, LIMIT);
    future.done.catch(() => end()); // the kernel has gone
    future.onReply = (reply) => end(reply.content);
  });
}

/** A cell of a notebook by its id. */
export function cellOf({ panel }: LanguageSession, id: string): Cell | undefined {
  return panel.content.widgets.find(({ model }) => model.id === id);
}
