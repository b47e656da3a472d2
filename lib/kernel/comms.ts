import type { CommData, CommMessage, Comms, KernelComm } from "./commTypes";
import type { Interruptible } from "./interruptible";
import type { ToIo } from "./io/link";
import type { Origin } from "./origin";
import type { Output } from "./output";
import type { ErrorReport } from "./reportError";

/** The symbol under which code of the cells finds `Comms` on `globalThis`. */
const KEY = "atelier.kernel.comms";

/** The comms' part of the computing thread. */
export interface CommsHere {
  /** Hears a client's message. */
  onMessage(id: number, message: CommMessage): void;
  /** Whatever heard a message was broken off. */
  endBroken(): void;
}

/** What comms are made of. */
export interface CommsParts {
  send(message: ToIo): void;
  output: Output;
  origin: Origin;
  interruptible: Interruptible;
  /** Runs something on an event of its own. */
  soon(work: () => void): void;
  report(error: unknown): ErrorReport;
}

interface Known {
  comm: KernelComm;
  /** The request whose cell opened it: what its listeners print and show belongs there. */
  cell: number | undefined;
  listeners: ((message: CommMessage) => void)[];
  closers: (() => void)[];
}

/** No comm is open; the cells find the way to open one. */
export function newComms({ send, output, origin, interruptible, soon, report }: CommsParts): CommsHere {
  const open = new Map<string, Known>();
  const takers = new Map<string, Parameters<Comms["take"]>[1]>();
  /** The client's message that is heard right now. */
  let heard: number | undefined;

  const publish = (type: string, content: object, { metadata = {}, buffers = [] }: CommData = {}) =>
    output.publishComm({ type, content, metadata, buffers, request: heard });

  const add = (id: string): KernelComm => {
    const known: Known = { comm: newComm(id), cell: origin.cell(), listeners: [], closers: [] };
    origin.watch();
    open.set(id, known);
    return known.comm;
  };

  const newComm = (id: string): KernelComm => ({
    id,
    send: ({ data = {}, ...more }) => {
      if (open.has(id)) publish("comm_msg", { comm_id: id, data }, more);
    },
    close: () => {
      if (open.delete(id)) publish("comm_close", { comm_id: id, data: {} });
    },
    onMessage: (listener) => void open.get(id)?.listeners.push(listener),
    onClose: (listener) => void open.get(id)?.closers.push(listener),
  });

  const take = (id: string, message: CommMessage) => {
    const taker = takers.get(String(message.content.target_name));
    if (!taker) return publish("comm_close", { comm_id: id, data: {} });
    taker(add(id), message);
  };

  const hear = (message: CommMessage) => {
    const id = String(message.content.comm_id);
    if (message.type === "comm_open") return take(id, message);
    const known = open.get(id);
    if (message.type === "comm_close") open.delete(id);
    const closing = () => known?.closers.forEach((closer) => attempt(closer));
    const telling = () => known?.listeners.forEach((listener) => attempt(() => listener(message)));
    const work = message.type === "comm_close" ? closing : telling;
    return known?.cell === undefined ? work() : origin.of(known.cell, work);
  };

  /** One listener's error keeps no other from hearing. */
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      output.print("stderr", ["A listener of a widget has failed:", ...report(error).traceback, ""].join("\n"));
    }
  };

  const end = (id: number) => {
    heard = undefined;
    send({ kind: "commDone", id });
  };

  const onMessage = (id: number, message: CommMessage) => {
    heard = id;
    void interruptible.allow(id, () => hear(message)).then(() => end(id));
  };

  const comms: Comms = {
    open: (id, target, { data = {}, ...more }) => {
      const comm = add(id);
      publish("comm_open", { comm_id: id, target_name: target, data }, more);
      return comm;
    },
    take: (target, taker) => void takers.set(target, taker),
    report,
  };
  Object.defineProperty(globalThis, Symbol.for(KEY), { value: comms, configurable: true });
  return {
    onMessage: (id, message) => soon(() => onMessage(id, message)),
    endBroken: () => {
      if (heard === undefined) return;
      interruptible.end(heard);
      output.print("stderr", "A listener of a widget was interrupted.\n");
      end(heard);
    },
  };
}
