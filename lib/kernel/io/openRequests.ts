import type { Publisher } from "./publisher";
import type { Sender } from "./sender";
import type { ClientMessage, Wire } from "./wireMessage";

/** Where requests come from. */
export type Channel = "shell" | "control";

/**
 * The requests that are under work. Of each, clients are told that the kernel is busy with it, its reply, and that the
 * kernel is idle.
 */
export interface OpenRequests {
  /** Takes a request in and gives it a number. */
  open(channel: Channel, message: ClientMessage): number;
  /** Says that the work on it has started, once. */
  begin(id: number): void;
  /** Sends its reply, whose content and metadata are JSON text. */
  reply(id: number, content: string, metadata?: string): void;
  /** Says that it is done where there is nothing to reply. */
  end(id: number): void;
  /** The request whose cell runs, or ran last: output belongs to it. */
  cell(): ClientMessage | undefined;
  /** The number of the request whose cell runs, or will as soon as it can; 0 for none. */
  runningId(): number;
}

interface Open {
  id: number;
  channel: Channel;
  message: ClientMessage;
  started: boolean;
}

/** What requests are answered through. */
export interface OpenRequestsParts {
  senders: Record<Channel, Sender>;
  publisher: Publisher;
  wire: Wire;
}

/** No request yet. */
export function newOpenRequests({ senders, publisher, wire }: OpenRequestsParts): OpenRequests {
  const requests = new Map<number, Open>();
  let lastId = 0;
  let cell: Open | undefined;

  const setStatus = (execution_state: string, parent: object) =>
    publisher.publish({ type: "status", parent, content: JSON.stringify({ execution_state }) });

  const begin = (id: number) => {
    const open = requests.get(id);
    if (!open || open.started) return;
    open.started = true;
    if (isExecution(open)) cell = open;
    setStatus("busy", open.message.header);
  };

  const finish = (id: number, send: (open: Open) => void) => {
    const open = requests.get(id);
    if (!open) return;
    begin(id);
    requests.delete(id);
    send(open);
    setStatus("idle", open.message.header);
    if (cell && requests.has(cell.id)) setStatus("busy", cell.message.header);
  };

  const reply: OpenRequests["reply"] = (id, content, metadata) =>
    finish(id, ({ channel, message: { identities, header } }) => {
      const type = header.msg_type.replace(/_request$/, "_reply");
      void senders[channel].send(wire.encode({ address: identities, type, parent: header, content, metadata }));
    });

  return {
    open: (channel, message) => {
      requests.set(++lastId, { id: lastId, channel, message, started: false });
      return lastId;
    },
    begin,
    reply,
    end: (id) => finish(id, () => {}),
    cell: () => cell?.message,
    // Cells run in the order they were asked for: the first that has no reply yet.
    runningId: () => [...requests.values()].find(isExecution)?.id ?? 0,
  };
}

function isExecution({ message }: Open): boolean {
  return message.header.msg_type === "execute_request";
}
