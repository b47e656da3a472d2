import type * as node from "./prompt";

// The browser's side of `prompt.ts`: a worker cannot wait for what a person types.

export const PROMPT_DECLARATION: typeof node.PROMPT_DECLARATION =
  "declare function prompt(message?: string): string | null;\n";

export const newPrompt: typeof node.newPrompt = () => ({
  prompt: (message = "") => {
    throw new Error(`prompt(): nobody can answer "${message}" in a browser tab; set the value in the cell`);
  },
  onAnswer: () => {},
});
