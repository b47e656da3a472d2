import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { HEARTBEAT } from "../web/eventStream";
import { Refused, toRefused } from "../web/refused";
import type { Endpoint } from "./endpoint";
import type { Message, Output } from "./messages";
import { newOutbox, type Outbox } from "./outbox";
import { type CallContext, performCall } from "./performCall";

/** The calls of all clients. A client, called a session, hears of all its calls by one stream. */
export interface Calls {
  /**
   * Puts a call in line.
   *
   * @returns the call's id
   * @throws Refused with status 503 when too many wait
   */
  join(asked: AskedCall): string;
  /** Messages for a session; they end with the last of its calls. */
  messages(session: string, options: ReadOptions): AsyncGenerator<Message>;
  /**
   * Fulfilled at once, or when a client must have seen that its stream has ended, if one did just now: a client takes a
   * call of which it hears before for one of that stream, and drops it.
   */
  quiet(session: string): Promise<void>;
  /** Ends a call that waits or runs. Unknown ones are ended already. */
  cancel(id: string): void;
  /** The values a call returns, without a stream. Rejected with a Refused. */
  runNow(
    asked: Omit<AskedCall, "session" | "context">,
    options: { signal: AbortSignal; context: CallContext },
  ): Promise<Output>;
}

/** What a client wants. */
export interface AskedCall {
  endpoint: Endpoint;
  data: unknown[];
  /** Default a session of its own, of the call's id. */
  session?: string;
  context: CallContext;
}

/** How messages are read. */
export interface ReadOptions {
  /** Cancels the calls when it is aborted. */
  signal: AbortSignal;
  /** Milliseconds to wait for another call after the last one, default 0. */
  grace?: number;
}

/** Milliseconds that the messages of a session wait for its stream. */
const PATIENCE = 60_000;

/** Milliseconds in which a client, with forty threads at work, sees that its stream has ended. */
const PARTING = 500;

interface Session {
  outbox: Outbox<Message>;
  calls: Map<string, AbortController>;
  /** Runs while no stream is open. */
  timer?: NodeJS.Timeout;
  /** Ends the stream that is open. */
  giveWay?: () => void;
}

/**
 * Nobody has called yet.
 *
 * @param most - sessions at the same time; the answers of those that nobody reads are kept for a minute
 * @param log - told of faults
 */
export function newCalls(most: number, log: (line: string) => void): Calls {
  const sessions = new Map<string, Session>();
  const sessionOf = new Map<string, string>(); // by the call's id
  const partings = new Map<string, Promise<void>>(); // by the session whose stream has just ended

  const forget = (name: string) => {
    const session = sessions.get(name);
    if (!session) return;
    sessions.delete(name);
    clearTimeout(session.timer);
    for (const controller of session.calls.values()) controller.abort();
  };

  const waitForStream = (name: string, session: Session) => {
    clearTimeout(session.timer);
    session.timer = setTimeout(() => forget(name), PATIENCE).unref();
  };

  const openSession = (name: string): Session => {
    const known = sessions.get(name);
    if (known) return known;
    if (sessions.size >= most)
      throw new Refused(503, "busy", "Too many clients at the same time; try again.", { retryAfter: 5 });
    const session: Session = { outbox: newOutbox(), calls: new Map() };
    sessions.set(name, session);
    waitForStream(name, session);
    return session;
  };

  function join({ endpoint, data, session: name, context }: AskedCall): string {
    endpoint.queue.admit();
    const id = randomUUID();
    const session = openSession(name ?? id);
    const controller = new AbortController();
    session.calls.set(id, controller);
    sessionOf.set(id, name ?? id);
    const { outbox } = session;
    outbox.push({ msg: "estimation", event_id: id, rank: 0, queue_size: endpoint.queue.waiting, rank_eta: null });
    const answered = new Promise<void>((resolve) => setImmediate(resolve));
    performCall(endpoint, data, { id, outbox, context, signal: controller.signal, after: answered })
      .then((output) => outbox.push({ msg: "process_completed", event_id: id, success: true, output }))
      .catch((error) => outbox.push(failure(id, toRefused(error, log))))
      .finally(() => sessionOf.delete(id));
    return id;
  }

  async function* messages(name: string, { signal, grace = 0 }: ReadOptions): AsyncGenerator<Message> {
    const session = sessions.get(name);
    if (!session) {
      const message = `There is no session "${name}", or it has ended; join the queue first.`;
      yield { msg: "unexpected_error", event_id: null, message, session_not_found: true, success: false };
      return;
    }
    clearTimeout(session.timer);
    session.giveWay?.();
    const newer = new AbortController();
    session.giveWay = () => newer.abort();
    signal.addEventListener("abort", session.giveWay, { once: true });
    for (;;) {
      const idle = session.calls.size === 0;
      const message = await session.outbox.next(newer.signal, idle ? grace : HEARTBEAT);
      if (signal.aborted) return forget(name);
      if (newer.signal.aborted) return;
      if (idle && !message) break;
      if (message?.msg === "process_completed") session.calls.delete(message.event_id);
      yield message ?? { msg: "heartbeat" };
    }
    forget(name);
    if (grace > 0) part(name);
    yield { msg: "close_stream" };
  }

  function part(name: string): void {
    const parting = pause(PARTING, undefined, { ref: false }).then(() => {
      if (partings.get(name) === parting) partings.delete(name);
    });
    partings.set(name, parting);
  }

  return {
    join,
    messages,
    quiet: (name) => partings.get(name) ?? Promise.resolve(),
    cancel: (id) =>
      sessions
        .get(sessionOf.get(id) ?? "")
        ?.calls.get(id)
        ?.abort(),
    runNow({ endpoint, data }, { signal, context }) {
      return performCall(endpoint, data, { id: "", outbox: newOutbox(), context, signal });
    },
  };
}

function failure(id: string, { message, code }: Refused): Message {
  const title = code === "fault" ? "Error" : (TITLES[code] ?? "Refused");
  return {
    msg: "process_completed",
    event_id: id,
    success: false,
    output: { error: message, title, visible: true, duration: 10 },
  };
}

const TITLES: Record<string, string> = { time_limit: "Too slow", cancelled: "Cancelled", stopped: "Stopped" };
