import { inspect } from "node:util";
import type { Refusal } from "../api";

/** A request that is not answered as asked; the message tells people what was wrong and what is accepted. */
export class Refused extends Error {
  /** The HTTP status, 400 or more. */
  readonly status: number;
  /** A word for programs. */
  readonly code: string;
  /** After so many seconds it may be worth another try; undefined where it is not. */
  readonly retryAfter?: number;

  constructor(status: number, code: string, message: string, { retryAfter }: { retryAfter?: number } = {}) {
    super(message);
    this.name = "Refused";
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** A refusal as it is sent. */
export function toRefusal({ code, message }: Refused): Refusal {
  return { error: { code, message } };
}

/** Whatever was thrown, as a refusal: what is no refusal itself is a fault, which is logged and tells its message alone. */
export function toRefused(error: unknown, log: (line: string) => void): Refused {
  if (error instanceof Refused) return error;
  const { message, stack } = toError(error);
  try {
    log(`Fault: ${stack ?? message}`);
  } catch {
    // who cannot be told is not told
  }
  return new Refused(500, "fault", message || "The server failed without a message; its log may say more.");
}

/** What was thrown as an error, whatever it was. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`${inspect(thrown, { depth: 1 })} was thrown.`);
}
