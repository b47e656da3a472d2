import type { Limits } from "./limits";
import { Refused } from "./refused";

/** Reads bodies, all of them together within limits. */
export interface BodyReader {
  /**
   * Reads a whole body. Rejected with a Refused of status 413 for one that is too large, 408 for one that arrives too slowly,
   * 503 where all bodies together would be too large or too many arrive at the same time, 400 where the sender has gone.
   */
  read(request: Request): Promise<Body>;
  /** Reads a body, and releases it when what is done with it has ended. Rejected as `read` and the action are. */
  use<T>(request: Request, action: (bytes: Uint8Array) => Promise<T> | T): Promise<T>;
  /** How many are on their way. */
  readonly arriving: number;
}

/** A body that has been read. */
export interface Body {
  bytes: Uint8Array;
  /** Its bytes count until this is called. */
  release(): void;
}

/** Times the limit: as much of a body that is refused is let run out, as most clients listen only when all is sent. */
const PATIENCE = 10;

/** A reader of whole bodies; no body is held yet. */
export function newBodyReader({ bodyBytes, allBodyBytes, bodyTime, bodies }: BodyLimits): BodyReader {
  let held = 0;
  let arriving = 0;

  /** Why so many bytes more of a body cannot be held; undefined where they can. */
  const refusal = (more: number, length: number): Refused | undefined => {
    if (length > bodyBytes) return tooLarge(bodyBytes);
    if (held + more > allBodyBytes) return tooMany();
    return undefined;
  };

  const newBody = (bytes: Uint8Array): Body => {
    let own = bytes.length;
    const release = () => {
      held -= own;
      own = 0;
    };
    return { bytes, release };
  };

  /** A length that is told is kept by Node, and such a body can be read in one piece. */
  const readWhole = async (request: Request, length: number): Promise<Body> => {
    held += length;
    try {
      return newBody(new Uint8Array(await inTime(request.arrayBuffer(), bodyTime)));
    } catch (error) {
      held -= length;
      throw error;
    }
  };

  /** Holds the parts as they come, none any more once the body is refused. */
  const readParts = async (request: Request, refused?: Refused): Promise<Body> => {
    const parts: Uint8Array[] = [];
    let [length, kept] = [0, 0];
    const forget = () => {
      held -= kept;
      kept = parts.length = 0;
    };
    try {
      for await (const part of chunksOf(request, bodyTime)) {
        length += part.length;
        if (length > PATIENCE * bodyBytes) break;
        refused ??= refusal(part.length, length);
        if (refused) {
          forget();
          continue;
        }
        held += part.length;
        kept += part.length;
        parts.push(part);
      }
      if (refused) throw refused;
      return newBody(Buffer.concat(parts, length));
    } catch (error) {
      forget();
      throw error;
    }
  };

  async function read(request: Request): Promise<Body> {
    const declared = request.headers.get("content-length");
    const length = Number(declared);
    const refused = arriving >= bodies ? tooMany() : declared === null ? undefined : refusal(length, length);
    if (refused && length > PATIENCE * bodyBytes) throw refused;
    arriving++;
    try {
      return await (declared === null || refused ? readParts(request, refused) : readWhole(request, length));
    } finally {
      arriving--;
    }
  }

  return {
    read,
    async use(request, action) {
      const { bytes, release } = await read(request);
      try {
        return await action(bytes);
      } finally {
        release();
      }
    },
    get arriving() {
      return arriving;
    },
  };
}

type BodyLimits = Pick<Limits, "bodyBytes" | "allBodyBytes" | "bodyTime" | "bodies">;

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
