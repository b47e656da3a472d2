import { PLACE, type ToIo } from "./io/link";
import type { Origin } from "./origin";

/** How TypeScript knows `prompt`, which asks the person at the notebook as it does in a browser. */
export const PROMPT_DECLARATION = "declare function prompt(message?: string): string | null;\n";

/** What asking needs. */
export interface Asking {
  send(message: ToIo): void;
  /** Whose question it is. */
  origin: Origin;
  /** Whether somebody sits at the other end of a request who can answer. */
  mayAsk(id?: number): boolean;
  /** Hears the messages that have come meanwhile. */
  pending(): void;
  state: Int32Array;
}

const LOOK = 1000; // ms

/** The function `prompt` of the cells, and where the answer is handed in. */
export function newPrompt({ send, origin, mayAsk, pending, state }: Asking) {
  let answer: string | undefined;
  const prompt = (message = "", password = false): string | null => {
    const cell = origin.id();
    if (!mayAsk(cell))
      throw new Error(
        `prompt(): nobody can answer "${message}" here; run the cell in JupyterLab, or set the value in it`,
      );
    answer = undefined;
    Atomics.store(state, PLACE.answered, 0);
    send({ kind: "input", cell, content: JSON.stringify({ prompt: String(message), password }) });
    while (answer === undefined) {
      Atomics.wait(state, PLACE.answered, 0, LOOK);
      pending();
    }
    return answer;
  };
  return { prompt, onAnswer: (text: string) => void (answer = text) };
}
