import * as http from "node:http";
import type { AddressInfo } from "node:net";
import type { App } from "./app";

/** A running server. */
export interface Server {
  /** Where it answers, with a slash at the end. */
  url: string;
  /** Stops it, open connections included. */
  close(): Promise<void>;
}

/** The servers of this process by what was asked for, so that a cell that runs again replaces its own. */
const running = new Map<string, Server>();

/**
 * Opens a port for an app. Asked again for the same host and port in the same process, also for any free port, the
 * earlier server gives way.
 *
 * @param options.port - default 0, any free one
 * @param options.host - default 127.0.0.1: only this machine can reach it
 * @throws Error when another program holds the port
 */
export async function serve(app: App, { port = 0, host = "127.0.0.1" } = {}): Promise<Server> {
  const asked = `${host}:${port}`;
  await running.get(asked)?.close();
  const listener = http.createServer((incoming, outgoing) => void answer(app, incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    listener.once("error", (cause) => reject(new Error(`serve(): port ${port} cannot be used; try port 0`, { cause })));
    listener.listen(port, host, resolve);
  });
  listener.unref(); // a forgotten server does not keep the kernel alive
  const { port: opened } = listener.address() as AddressInfo;
  const server: Server = { url: `http://${host}:${opened}/`, close: () => close(listener) };
  running.set(asked, server);
  return server;
}

async function answer(app: App, incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
  const response = respond(app, incoming);
  outgoing.statusCode = response.status;
  response.headers.forEach((value, name) => outgoing.setHeader(name, value));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** A fault of the app, or an address that is none, is told to whoever asked and does not end the server. */
function respond(app: App, { url = "/", method }: http.IncomingMessage): Response {
  try {
    return app(new Request(new URL(url, "http://localhost"), { method }));
  } catch (error) {
    return new Response(JSON.stringify({ error: (error as Error).message }), { status: 500 });
  }
}

function close(listener: http.Server): Promise<void> {
  return new Promise((resolve) => {
    listener.close(() => resolve());
    listener.closeAllConnections();
  });
}
