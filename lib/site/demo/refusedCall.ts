import type { Refusal } from "../../demo/api";
import type { DemoAnswer } from "./demoCall";

/** A refusal as the answer to a call. */
export function refusedCall(status: number, code: string, message: string): DemoAnswer {
  const body = new TextEncoder().encode(JSON.stringify({ error: { code, message } } satisfies Refusal)).buffer;
  return { status, headers: [["content-type", "application/json"]], body };
}
