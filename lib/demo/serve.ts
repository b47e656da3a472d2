import type { AddressInfo } from "node:net";
import { LIMITS } from "./web/limits";
import { newListener } from "./web/listener";

/** Whatever answers requests; a Hono app does. */
export interface App {
  fetch(request: Request): Response | Promise<Response>;
}

/** A running server. */
export interface Server {
  /** Where it answers, with a slash at the end. */
  url: string;
  /** Stops it, open connections included. */
  close(): Promise<void>;
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

/** The servers of this process by what was asked for, so that a cell that runs again replaces its own. */
const running = new Map<string, Server>();

/**
 * Opens a port for an app. Asked again for the same name, host and port in the same process, also for any free port,
 * the earlier server gives way.
 *
 * @throws Error when another program holds the port, or the host is not this machine's
 */
export async function serve(app: App, options: ServeOptions = {}): Promise<Server> {
  const { port = 0, host = "127.0.0.1", connections = LIMITS.connections, name = "" } = options;
  const { headTime = 10_000, idleTime = 60_000, ownProcess = false, onClose = () => {} } = options;
  const asked = `${name} at ${host}:${port}`;
  await running.get(asked)?.close();
  const listener = newListener((request) => app.fetch(request), { headTime, connections, idleTime, ownProcess });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", (cause: NodeJS.ErrnoException) => reject(unusable(cause, { port, host })));
    listener.listen(port, host, resolve);
  });
  listener.unref(); // a forgotten server does not keep the kernel alive
  const { port: opened } = listener.address() as AddressInfo;
  const closed = new Promise<void>((resolve) => listener.once("close", resolve));
  const server: Server = {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${opened}/`,
    closed() {
      listener.ref();
      return closed;
    },
    async close() {
      if (running.get(asked) === server) running.delete(asked);
      onClose();
      listener.close();
      listener.closeAllConnections();
      await closed;
    },
  };
  running.set(asked, server);
  return server;
}

function unusable(cause: NodeJS.ErrnoException, { port, host }: { port: number; host: string }): Error {
  const why = WHY[cause.code ?? ""] ?? cause.message;
  return new Error(`serve(): port ${port} of ${host} cannot be used, ${why}`, { cause });
}

const WHY: Record<string, string> = {
  EADDRINUSE: "another program holds it; try port 0, any free one",
  EACCES: "it needs special rights; try a port from 1024",
  EADDRNOTAVAIL: "this machine has no such address; try host 127.0.0.1",
  ENOTFOUND: "this machine has no such address; try host 127.0.0.1",
};
