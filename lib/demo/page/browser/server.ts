/// <reference lib="dom" />
import type { Refusal } from "../../api";

/** The server said no; the message is its sentence for people. */
export class Refused extends Error {}

/** The server did not answer at all. */
export class Unreachable extends Error {}

/**
 * Asks the demo's JSON API. Any answer is told to the page by the event "answered".
 *
 * @throws Refused with the server's sentence, Unreachable where nobody answers
 */
export async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path, init).catch((cause) => {
    throw new Unreachable("The server does not answer.", { cause });
  });
  dispatchEvent(new Event("answered"));
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as Answer;
  const sentence = (answer as Refusal | undefined)?.error?.message;
  throw new Refused(sentence ?? `The server answered with status ${response.status}; its log may say why.`);
}

/** Sends a value as JSON. */
export function posted(value: unknown): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
