import * as http from "node:http";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { type BareRefusal, toBareRefusal, toWire } from "./bareRefusal";
import type { Connection } from "../server";
import { Refused } from "./refused";

/** How requests are heard. */
export interface ListenerOptions {
  /** Milliseconds in which a request's head must have arrived; for all of it there are six times as many. */
  headTime: number;
  /** Connections at the same time; more are closed at once. */
  connections: number;
  /** Milliseconds after which a connection is closed on which nothing moves. */
  idleTime: number;
  /** Whether lighter classes may take the place of Request and Response in all of the process. */
  ownProcess: boolean;
}

/** Requests of a connection whose answers are not sent yet: only who does not read has more. */
const PIPELINED = 8;
/** Answers of all connections that are not sent yet. */
const UNSENT = 1024;

/**
 * A server that hands requests on, and refuses in words what is none. Who asks and does not read gets no more than a few
 * answers made, and is hung up on.
 */
export function newListener(
  fetch: (request: Request, connection: Connection) => Response | Promise<Response>,
  { headTime, connections, idleTime, ownProcess }: ListenerOptions,
): http.Server {
  const unsent = new Map<object, number>(); // by connection that is open
  let all = 0;

  const answer = getRequestListener((request, connection) => fetch(request, connection as Connection), {
    overrideGlobalObjects: ownProcess,
    errorHandler: (error) => toResponse(toBareRefusal(unreadable((error as Error).message))),
  });

  /** An answer whose turn never came is not told that its connection has gone. */
  const begin = (connection: object, outgoing: http.ServerResponse): number => {
    const own = (unsent.get(connection) ?? 0) + 1;
    unsent.set(connection, own);
    all++;
    outgoing.once("close", () => {
      const left = unsent.get(connection);
      if (left === undefined) return;
      unsent.set(connection, left - 1);
      all--;
    });
    return own;
  };

  const forget = (connection: object) => {
    all -= unsent.get(connection) ?? 0;
    unsent.delete(connection);
  };

  const listener = http.createServer(
    { headersTimeout: headTime, requestTimeout: 6 * headTime, connectionsCheckingInterval: headTime / 10 },
    (incoming, outgoing) => {
      const { socket } = incoming;
      if (begin(socket, outgoing) > PIPELINED) socket.destroy();
      else if (all > UNSENT) send(outgoing, toBareRefusal(busy()));
      else void answer(incoming, outgoing);
    },
  );
  listener.on("connection", (socket) => socket.once("close", () => forget(socket)));
  listener.maxConnections = connections;
  listener.timeout = idleTime;
  listener.on("checkExpectation", (_, outgoing) => send(outgoing, toBareRefusal(wrongExpectation())));
  listener.on("clientError", ({ code = "" }: NodeJS.ErrnoException, connection) => {
    const socket = connection as Socket;
    if (socket.writable && !unsent.get(socket)) socket.write(toWire(toBareRefusal(WHY[code] ?? unreadable(code))));
    socket.destroySoon();
  });
  return listener;
}

function send(outgoing: http.ServerResponse, { status, headers, body }: BareRefusal): void {
  outgoing.writeHead(status, headers).end(body);
}

function toResponse({ status, headers, body }: BareRefusal): Response {
  return new Response(body, { status, headers });
}

const WHY: Record<string, Refused> = {
  HPE_HEADER_OVERFLOW: new Refused(431, "head_too_large", "The request's address and headers are too long."),
  ERR_HTTP_REQUEST_TIMEOUT: new Refused(408, "too_slow", "The request did not arrive in time."),
};

function unreadable(why: string): Refused {
  return new Refused(400, "no_request", `This is no request that can be read (${why || "broken"}).`);
}

function wrongExpectation(): Refused {
  return new Refused(417, "wrong_expectation", 'The header "Expect" must be 100-continue; or leave it out.');
}

function busy(): Refused {
  return new Refused(503, "busy", "Too many answers are on their way; try again.");
}
