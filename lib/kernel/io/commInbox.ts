import type { ToMain } from "./link";
import type { OpenRequests } from "./openRequests";
import type { ClientMessage } from "./wireMessage";

/**
 * Clients' messages of comms on their way to the computing thread, which gets the next one when it is done with the last.
 * While one waits, a later update of the same state takes its place, so that a slider cannot flood the thread. Other
 * messages are all handed over, in order.
 */
export interface CommInbox {
  add(id: number, message: ClientMessage): void;
  /** The computing thread is done with this one. */
  done(id: number): void;
  /** Hands over all that waits. */
  flush(): void;
}

interface Waiting {
  id: number;
  message: ClientMessage;
}

/** What an inbox works with. */
export interface CommInboxParts {
  requests: Pick<OpenRequests, "begin" | "end">;
  send(message: ToMain): void;
}

/** Nothing waits. */
export function newCommInbox({ requests, send }: CommInboxParts): CommInbox {
  let waiting: Waiting[] = [];
  const away = new Set<number>();

  const hand = ({ id, message: { header, metadata, content, buffers } }: Waiting) => {
    away.add(id);
    requests.begin(id);
    send({ kind: "comm", id, type: header.msg_type, content, metadata, buffers });
  };
  const next = () => {
    const first = away.size > 0 ? undefined : waiting.shift();
    if (first) hand(first);
  };

  return {
    add: (id, message) => {
      const passed = overtaken(waiting, message);
      waiting = waiting.filter((one) => !passed.includes(one));
      for (const one of passed) requests.end(one.id);
      waiting.push({ id, message });
      next();
    },
    done: (id) => {
      if (away.delete(id)) requests.end(id);
      next();
    },
    flush: () => waiting.splice(0).forEach(hand),
  };
}

/** The updates that wait and whose whole state a newer message sets anew, as far back as only updates of that comm lie between. */
function overtaken(waiting: Waiting[], newer: ClientMessage): Waiting[] {
  const state = updateOf(newer);
  const found: Waiting[] = [];
  if (!state) return found;
  for (const one of [...waiting].reverse()) {
    if (one.message.content.comm_id !== newer.content.comm_id) continue;
    const older = updateOf(one.message);
    if (!older) break;
    if (Object.keys(older).every((key) => key in state)) found.push(one);
  }
  return found;
}

/** The state that a message of Jupyter's widgets sets; undefined for other messages. */
function updateOf({ header, content }: ClientMessage): object | undefined {
  const { method, state } = (content.data ?? {}) as { method?: unknown; state?: unknown };
  const isUpdate = header.msg_type === "comm_msg" && method === "update";
  return isUpdate && typeof state === "object" && state !== null ? state : undefined;
}
