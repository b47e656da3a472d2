/** A request of the Debug Adapter Protocol, as a client sends it in a `debug_request`. */
export interface DebugRequest {
  seq: number;
  command: string;
  arguments?: Record<string, unknown>;
}

/** The reply to it, the content of a `debug_reply`. */
export interface DebugResponse {
  type: "response";
  seq: number;
  request_seq: number;
  command: string;
  success: boolean;
  /** Why it failed. */
  message?: string;
  body?: object;
}

/** Tells clients of an event of the protocol, in a `debug_event`. */
export type TellEvent = (event: string, body?: object) => void;

/** A line of a source at which a client wants the program to stop. */
export interface WantedBreakpoint {
  line: number;
  /** An expression that must be true. */
  condition?: string;
  /** How often the line must have been reached, as `5`, `>= 5` or `% 5`. */
  hitCondition?: string;
  /** Printed instead of a stop; expressions stand in braces. */
  logMessage?: string;
}

/** There is one thread of cells. */
export const THREAD = 1;
