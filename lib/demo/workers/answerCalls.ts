import type { Answers } from "../answers";
import type { LoadSettings } from "../models/loadSettings";
import { Refused, toError } from "../web/refused";
import type { Description, FromWorker, ToWorker } from "./messages";

/** How a worker reaches the server. */
export interface Link {
  send(message: FromWorker): void;
  onMessage(hear: (message: ToWorker) => void): void;
  /** Ends the worker. */
  end(): void;
}

/** What the loading of models is told, and tells. */
export type Loading = Required<Pick<LoadSettings, "log" | "onProgress" | "signal">>;

/** A worker's work: loads models, and answers what it is asked until it is told to end. */
export async function answerCalls(link: Link, load: (loading: Loading) => Promise<Answers>): Promise<void> {
  const stop = new AbortController();
  let answers: Answers | undefined;
  link.onMessage((message) => {
    if (message.kind === "ping") link.send({ kind: "pong", memory: process.memoryUsage.rss() });
    else if (message.kind === "call") void answer(link, answers!, message);
    else if (answers) link.end();
    else stop.abort();
  });
  try {
    answers = await load({
      log: (line) => link.send({ kind: "log", line }),
      onProgress: (progress) => link.send({ kind: "progress", progress }),
      signal: stop.signal,
    });
    link.send({ kind: "ready", description: describe(answers) });
    if (stop.signal.aborted) link.end();
  } catch (error) {
    link.send({ kind: "failed", message: toError(error).message });
    link.end();
  }
}

function describe(answers: Answers): Description {
  return {
    examples: answers.examples(),
    users: answers.users(),
    items: answers.items(),
    categories: answers.categories(),
  };
}

async function answer(link: Link, answers: Answers, { id, name, args }: Extract<ToWorker, { kind: "call" }>) {
  try {
    const value = await (answers[name] as (...values: unknown[]) => unknown)(...args);
    link.send({ kind: "answer", id, value });
  } catch (error) {
    link.send(error instanceof Refused ? refusal(id, error) : fault(id, error));
  }
}

function refusal(id: number, { status, code, message, retryAfter }: Refused): FromWorker {
  return { kind: "refused", id, status, code, message, retryAfter };
}

function fault(id: number, thrown: unknown): FromWorker {
  const { message, stack } = toError(thrown);
  return { kind: "fault", id, message, stack };
}
