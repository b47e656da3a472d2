import type { Answers } from "../answers";
import type { LoadProgress } from "../models/loadSettings";

/** The answers that a worker is asked for; all others are known from its description. */
export type CallName = "classify" | "classifyExample" | "judge" | "recommend" | "recommendTo" | "similar" | "forecast";

/** What a worker's models know, as the lists that never change while it runs. */
export interface Description {
  examples: ReturnType<Answers["examples"]>;
  users: ReturnType<Answers["users"]>;
  items: ReturnType<Answers["items"]>;
  categories: ReturnType<Answers["categories"]>;
}

/** What a worker is told. */
export type ToWorker =
  | { kind: "call"; id: number; name: CallName; args: unknown[] }
  /** Whether it still answers. */
  | { kind: "ping" }
  /** It is to end now. */
  | { kind: "end" };

/** What a worker tells. */
export type FromWorker =
  | { kind: "log"; line: string }
  | { kind: "progress"; progress: LoadProgress }
  | { kind: "ready"; description: Description }
  /** The models cannot be had. */
  | { kind: "failed"; message: string }
  /** With the bytes it takes (resident set). */
  | { kind: "pong"; memory: number }
  | { kind: "answer"; id: number; value: unknown }
  | { kind: "refused"; id: number; status: number; code: string; message: string; retryAfter?: number }
  /** It threw what is no refusal. */
  | { kind: "fault"; id: number; message: string; stack?: string };
