import type { Publisher } from "./publisher";
import type { ErrorReport } from "../reportError";
import type { Sender } from "./sender";
import { shellOf } from "./subshells";
import type { ClientMessage, Wire } from "./wireMessage";

/** Where requests come from. */
export type Channel = "shell" | "control";

/**
 * The requests that are under work. Of each, clients are told that the kernel is busy with it, its reply, and that the
 * kernel is idle; of what an editor asks at each key, only the reply.
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
  /** Refuses it. */
  refuse(id: number, error: ErrorReport): void;
  /** The header of a request that is under work. */
  header(id: number): object | undefined;
  /** The request whose cell has this number; without one that whose cell the main shell runs, or ran last. */
  cell(id?: number): Asked | undefined;
  /**
   * The numbers of the requests whose cells run, or will as soon as they can, and which an interrupt is for: that of the main
   * shell, or where it has none those of all subshells. Where no cell runs, those of the comms' messages that are under work.
   */
  runningIds(): number[];
  /** All that are under work. */
  ids(): number[];
  /** The number of the request whose cell runs in this subshell, if one does. */
  runningIn(shell: string): number | undefined;
}

/** Where a request came from. */
export type Asked = Pick<ClientMessage, "identities" | "header">;

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
  wire: Pick<Wire, "encode">;
}

/** No request yet. */
export function newOpenRequests({ senders, publisher, wire }: OpenRequestsParts): OpenRequests {
  const requests = new Map<number, Open>();
  let lastId = 0;
  let cell: Open | undefined;
  /** All cells that ever began: what they have left behind may print at any time. */
  const cells = new Map<number, Asked>();

  const setStatus = (execution_state: string, parent: Open["message"]["header"]) =>
    parent.msg_type !== "language_request" &&
    publisher.publish({ type: "status", parent, content: JSON.stringify({ execution_state }) });

  const begin = (id: number) => {
    const open = requests.get(id);
    if (!open || open.started) return;
    open.started = true;
    if (isExecution(open)) takeCell(open);
    setStatus("busy", open.message.header);
  };

  const takeCell = (open: Open) => {
    const { identities, header } = open.message;
    cells.set(open.id, { identities, header });
    if (shellOf(open.message) === undefined) cell = open;
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

  const refuse = (id: number, error: ErrorReport) => {
    const open = requests.get(id);
    if (!open?.message.header.msg_type.endsWith("_request")) return finish(id, () => {});
    begin(id);
    const told = { type: "error", parent: open.message.header, content: JSON.stringify(error) };
    if (isExecution(open)) publisher.publish(told);
    reply(id, JSON.stringify({ status: "error", ...error }));
  };

  /** Cells of one shell run in the order they were asked for: the first of each that has no reply yet. */
  const running = () => {
    const found = new Map<string | undefined, number>();
    for (const open of requests.values()) {
      const shell = shellOf(open.message);
      if (isExecution(open) && !found.has(shell)) found.set(shell, open.id);
    }
    return found;
  };

  return {
    open: (channel, message) => {
      requests.set(++lastId, { id: lastId, channel, message, started: false });
      return lastId;
    },
    begin,
    reply,
    end: (id) => finish(id, () => {}),
    refuse,
    header: (id) => requests.get(id)?.message.header,
    cell: (id) => (id === undefined ? cell?.message : cells.get(id)),
    runningIds: () => {
      const found = running();
      const main = found.get(undefined);
      if (main !== undefined) return [main];
      return found.size > 0 ? [...found.values()] : [...requests.values()].filter(isComm).map(({ id }) => id);
    },
    ids: () => [...requests.keys()],
    runningIn: (shell) => running().get(shell),
  };
}

function isComm({ started, message }: Open): boolean {
  return started && message.header.msg_type.startsWith("comm_");
}

function isExecution({ message }: Open): boolean {
  return message.header.msg_type === "execute_request";
}
