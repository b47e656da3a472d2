import type { AddressInfo } from "node:net";
import type { App, ServeOptions, Server } from "./server";
import { LIMITS } from "./web/limits";
import { newListener } from "./web/listener";

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
  const listener = newListener((request, connection) => app.fetch(request, connection), {
    headTime,
    connections,
    idleTime,
    ownProcess,
  });
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
    async close(whatIsOpen = Promise.resolve()) {
      if (running.get(asked) === server) running.delete(asked);
      onClose();
      listener.close();
      const sweep = setInterval(() => listener.closeIdleConnections(), SWEEP);
      await Promise.race([whatIsOpen, closed]);
      clearInterval(sweep);
      listener.closeAllConnections();
      await closed;
    },
  };
  running.set(asked, server);
  return server;
}

/** Milliseconds between two looks for connections on which nothing is asked any more. */
const SWEEP = 50;

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
