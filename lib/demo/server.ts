import type { IncomingMessage, ServerResponse } from "node:http";

/** Whatever answers requests; a Hono app does. */
export interface App {
  fetch(request: Request, connection?: Connection): Response | Promise<Response>;
}

/** A request and its answer as Node has them. */
export interface Connection {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

/** A running server. */
export interface Server {
  /** Where it answers, with a slash at the end. */
  url: string;
  /**
   * Stops it, open connections included: at once, or when what is given has been fulfilled. Until then what is open is
   * answered, and nothing else.
   */
  close(whatIsOpen?: Promise<void>): Promise<void>;
  /** Fulfilled when it has stopped; until then the process is kept alive, which a server alone does not. */
  closed(): Promise<void>;
}

export interface ServeOptions {
  /** Default 0, any free one. */
  port?: number;
  /** Default 127.0.0.1: only this machine can reach it. */
  host?: string;
  /** Connections at the same time, default 2,048; more are closed at once. */
  connections?: number;
  /** Milliseconds in which a request's head must have arrived, default 10,000; for all of it there are six times as many. */
  headTime?: number;
  /**
   * Milliseconds after which a connection is closed on which nothing moves, default 60,000: four times as long as streams
   * are silent; an answer must not take longer to begin.
   */
  idleTime?: number;
  /**
   * Whether the server may put lighter classes in the place of Request and Response for all of the process, by which it
   * answers more requests; default false.
   */
  ownProcess?: boolean;
  /** Of two servers with the same name, host and port, the first gives way; default "". */
  name?: string;
  /** Called when it stops. */
  onClose?: () => void;
}
