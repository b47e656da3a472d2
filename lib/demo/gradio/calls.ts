import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { HEARTBEAT } from "../web/eventStream";
import type { Limits } from "../web/limits";
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
   * @throws Refused with status 503 when too many wait, or too many answers are not read
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
    asked: Pick<AskedCall, "endpoint" | "data">,
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
  /** Called when the call has ended. */
  onEnd?: () => void;
}

/** How messages are read. */
export interface ReadOptions {
  /** Cancels the calls when it is aborted. */
  signal: AbortSignal;
  /** Milliseconds to wait for another call after the last one, default 0. */
  grace?: number;
}

/** Milliseconds that the messages of a session wait for somebody who reads them. */
const PATIENCE = 60_000;

/** Milliseconds in which a client, with forty threads at work, sees that its stream has ended. */
const PARTING = 500;

interface Session {
  outbox: Outbox<Message>;
  calls: Map<string, AbortController>;
  /** Bytes of answers that are not read yet, by the call's id. */
  unread: Map<string, number>;
  /** Runs while nobody reads. */
  timer?: NodeJS.Timeout;
  /** Ends the stream that is open. */
  giveWay?: () => void;
}

/**
 * Nobody has called yet.
 *
 * @param limits - the answers of those that nobody reads are kept for a minute
 * @param log - called for each fault
 */
export function newCalls(
  { sessions: most, unreadBytes }: Pick<Limits, "sessions" | "unreadBytes">,
  log: (line: string) => void,
): Calls {
  const sessions = new Map<string, Session>();
  const sessionOf = new Map<string, string>(); // by the call's id
  const partings = new Map<string, Promise<void>>(); // by the session whose stream has just ended
  let unread = 0;

  const keepUnread = (name: string, session: Session, id: string, bytes: number) => {
    if (sessions.get(name) !== session) return;
    session.unread.set(id, bytes);
    unread += bytes;
  };

  const read = ({ calls, unread: own }: Session, id: string) => {
    calls.delete(id);
    unread -= own.get(id) ?? 0;
    own.delete(id);
  };

  const forget = (name: string) => {
    const session = sessions.get(name);
    if (!session) return;
    sessions.delete(name);
    clearTimeout(session.timer);
    for (const bytes of session.unread.values()) unread -= bytes;
    for (const controller of session.calls.values()) controller.abort();
  };

  const waitForReader = (name: string, session: Session) => {
    clearTimeout(session.timer);
    session.timer = setTimeout(() => forget(name), PATIENCE).unref();
  };

  const openSession = (name: string): Session => {
    const known = sessions.get(name);
    if (known) return known;
    if (sessions.size >= most)
      throw new Refused(503, "busy", "Too many clients at the same time; try again.", { retryAfter: 5 });
    const session: Session = { outbox: newOutbox(), calls: new Map(), unread: new Map() };
    sessions.set(name, session);
    waitForReader(name, session);
    return session;
  };

  function join({ endpoint, data, session: name, context, onEnd }: AskedCall): string {
    endpoint.queue.admit();
    if (unread >= unreadBytes)
      throw new Refused(503, "busy", "Too many answers wait to be read; try again.", { retryAfter: 5 });
    const id = randomUUID();
    const own = name ?? id;
    const session = openSession(own);
    const controller = new AbortController();
    session.calls.set(id, controller);
    sessionOf.set(id, own);
    const { outbox } = session;
    outbox.push({ msg: "estimation", event_id: id, rank: 0, queue_size: endpoint.queue.waiting, rank_eta: null });
    const answered = new Promise<void>((resolve) => setImmediate(resolve));
    performCall(endpoint, data, { id, outbox, context, signal: controller.signal, after: answered })
      .then(({ output, bytes }) => {
        keepUnread(own, session, id, bytes);
        outbox.push({ msg: "process_completed", event_id: id, success: true, output });
      })
      .catch((error) => outbox.push(failure(id, toRefused(error, log))))
      .finally(() => {
        sessionOf.delete(id);
        onEnd?.();
      });
    return id;
  }

  async function* messages(name: string, { signal, grace = 0 }: ReadOptions): AsyncGenerator<Message> {
    const session = sessions.get(name);
    if (!session) {
      const message = `There is no session "${name}", or it has ended; join the queue first.`;
      yield { msg: "unexpected_error", event_id: null, message, session_not_found: true, success: false };
      return;
    }
    session.giveWay?.();
    const newer = new AbortController();
    const giveWay = () => newer.abort();
    session.giveWay = giveWay;
    signal.addEventListener("abort", giveWay, { once: true });
    try {
      for (;;) {
        clearTimeout(session.timer);
        const idle = session.calls.size === 0;
        const message = await session.outbox.next(newer.signal, idle ? grace : HEARTBEAT);
        if (newer.signal.aborted) return;
        if (idle && !message) break;
        if (message?.msg === "process_completed") read(session, message.event_id);
        waitForReader(name, session); // who may have stopped to read
        yield message ?? { msg: "heartbeat" };
        if (sessions.get(name) !== session) return;
      }
    } finally {
      if (session.giveWay === giveWay && sessions.get(name) === session) forget(name);
    }
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
    async runNow({ endpoint, data }, { signal, context }) {
      return (await performCall(endpoint, data, { id: "", outbox: newOutbox(), context, signal })).output;
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
