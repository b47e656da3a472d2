import type { Limits } from "./limits";
import { Refused } from "./refused";

/** Reads bodies, all of them together within limits. */
export type BodyReader = (request: Request) => Promise<Uint8Array>;

/** Times the limit: as much of a body that is refused is let run out, as most clients listen only when all is sent. */
const PATIENCE = 10;

/**
 * A reader of whole bodies.
 *
 * Its promise is rejected with a Refused of status 413 for a body that is too large, 408 for one that arrives too
 * slowly, 503 where all bodies together would be too large, 400 where the sender has gone.
 */
export function newBodyReader({ bodyBytes, allBodyBytes, bodyTime }: BodyLimits): BodyReader {
  let held = 0;

  /** Why so many bytes more of a body cannot be held; undefined where they can. */
  const refusal = (more: number, length: number): Refused | undefined => {
    if (length > bodyBytes) return tooLarge(bodyBytes);
    if (held + more > allBodyBytes) return tooMany();
    return undefined;
  };

  /** A length that is told is kept by Node, and such a body can be read in one piece. */
  const readWhole = async (request: Request, length: number): Promise<Uint8Array> => {
    held += length;
    try {
      return new Uint8Array(await inTime(request.arrayBuffer(), bodyTime));
    } finally {
      held -= length;
    }
  };

  /** Holds the parts as they come, none any more once the body is refused. */
  const readParts = async (request: Request, refused?: Refused): Promise<Uint8Array> => {
    const parts: Uint8Array[] = [];
    let [length, kept] = [0, 0];
    try {
      for await (const part of chunksOf(request, bodyTime)) {
        length += part.length;
        if (length > PATIENCE * bodyBytes) break;
        refused ??= refusal(part.length, length);
        const more = refused ? -kept : part.length;
        [held, kept] = [held + more, kept + more];
        if (refused) parts.length = 0;
        else parts.push(part);
      }
    } finally {
      held -= kept;
    }
    if (refused) throw refused;
    return Buffer.concat(parts, length);
  };

  return async (request) => {
    const told = request.headers.get("content-length");
    if (told === null) return readParts(request);
    const length = Number(told);
    const refused = refusal(length, length);
    if (!refused) return readWhole(request, length);
    if (length > PATIENCE * bodyBytes) throw refused;
    return readParts(request, refused);
  };
}

type BodyLimits = Pick<Limits, "bodyBytes" | "allBodyBytes" | "bodyTime">;

function tooLarge(most: number): Refused {
  return new Refused(413, "too_large", `The request is too large; at most ${most / 1e6} MB are accepted.`);
}

function tooMany(): Refused {
  return new Refused(503, "busy", "Too many uploads at the same time; try again in a second.", { retryAfter: 1 });
}

async function inTime(body: Promise<ArrayBuffer>, time: number): Promise<ArrayBuffer> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(tooSlow(time)), time)));
  try {
    return await Promise.race([body.catch(cutOff), over]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(time: number): Refused {
  return new Refused(408, "too_slow", `The request did not arrive within ${time / 1000} seconds.`);
}

function cutOff(): never {
  throw new Refused(400, "cut_off", "The request was cut off before its end.");
}

async function* chunksOf({ body }: Request, time: number): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  let slow = false;
  const timer = setTimeout(() => {
    slow = true;
    void reader.cancel().catch(() => {});
  }, time);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (slow) throw tooSlow(time);
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    cutOff();
  } finally {
    clearTimeout(timer);
    void reader.cancel().catch(() => {});
  }
}
