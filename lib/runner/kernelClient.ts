import { randomUUID } from "crypto";
import { Dealer, Subscriber } from "zeromq";
import type { Connection } from "./connection";
import { decodeMessage, encodeMessage, type Message, newRequest } from "./wire";

/** What a request brings back. */
export interface Exchange {
  /** The reply. Never settles when the kernel dies: race it with the end of the process. */
  reply: Promise<Message>;
  /** Settles when the kernel says on the public channel that it is done with this request. */
  idle: Promise<void>;
}

/** Where a request goes: a subshell is named by its id. */
export type Channel = "shell" | "control" | { subshell: string };

/** Our end of a kernel's sockets. */
export interface KernelClient {
  /** Sends a request. `listener` hears what the kernel publishes about it, also after the reply. */
  request(channel: Channel, type: string, content: object, listener?: Listener): Exchange;
  /** Closes the sockets; what is still on its way is dropped. */
  close(): void;
}

/** Hears the public messages of one request: stream, display_data, status and so on. */
export type Listener = (message: Message) => void;

const HANDSHAKE = 3000; // ms; where another program has the port meanwhile and is silent, we try again
const DEAF = 2000; // ms from a reply until the public channel is listened to anew, where nothing was ever heard on it

/** Connects to a kernel, which may still be starting: messages wait for it. */
export function connectKernel(connection: Connection): KernelClient {
  const session = randomUUID();
  const address = (port: number) => `${connection.transport}://${connection.ip}:${port}`;
  const options = { linger: 0, handshakeInterval: HANDSHAKE };
  const [shell, control] = [new Dealer(options), new Dealer(options)];
  shell.connect(address(connection.shell_port));
  control.connect(address(connection.control_port));

  const replies = new Map<string, (message: Message) => void>();
  const listeners = new Map<string, Listener>();
  const idles = new Map<string, () => void>();
  const onReply = (message: Message) => {
    listening.expect();
    const id = message.parent_header.msg_id ?? "";
    replies.get(id)?.(message);
    replies.delete(id);
  };
  const onPublished = (message: Message) => {
    listening.hear();
    const id = message.parent_header.msg_id ?? "";
    listeners.get(id)?.(message);
    if (message.header.msg_type !== "status" || message.content.execution_state !== "idle") return;
    idles.get(id)?.();
    idles.delete(id);
  };
  void receive(shell, connection.key, onReply);
  void receive(control, connection.key, onReply);
  const listening = keepListening(() => {
    const iopub = new Subscriber({ ...options, receiveHighWaterMark: 0 });
    iopub.connect(address(connection.iopub_port));
    iopub.subscribe("");
    void receive(iopub, connection.key, onPublished);
    return iopub;
  });

  let sending: Promise<unknown> = Promise.resolve(); // zeromq takes one send at a time
  return {
    request(channel, type, content, listener) {
      const message = newRequest(session, type, content as Record<string, unknown>);
      if (typeof channel === "object") message.header.subshell_id = channel.subshell;
      const id = message.header.msg_id;
      if (listener) listeners.set(id, listener);
      const reply = new Promise<Message>((resolve) => replies.set(id, resolve));
      const idle = new Promise<void>((resolve) => idles.set(id, resolve));
      const socket = channel === "control" ? control : shell;
      const frames = encodeMessage(message, connection.key);
      sending = sending.then(() => socket.send(frames)).catch(ignoreClosed);
      return { reply, idle };
    },
    close() {
      for (const socket of [shell, control, listening]) socket.close();
    },
  };
}

/**
 * Listens to the public channel. A subscription can be lost where another program had the port for a moment: where replies
 * come, but nothing public ever came, it listens anew.
 */
function keepListening(listen: () => Subscriber) {
  let socket = listen();
  let isHeard = false;
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    timer = undefined;
    socket.close();
    socket = listen();
  };
  return {
    /** A reply came: what the kernel publishes about it should come too. */
    expect() {
      if (!isHeard) timer ??= setTimeout(again, DEAF).unref();
    },
    hear() {
      isHeard = true;
      clearTimeout(timer);
    },
    close() {
      clearTimeout(timer);
      socket.close();
    },
  };
}

async function receive(socket: Dealer | Subscriber, key: string, listener: Listener): Promise<void> {
  try {
    for await (const frames of socket) {
      const message = decoded(frames, key);
      if (message) listener(message);
    }
  } catch (error) {
    ignoreClosed(error);
  }
}

/** A frame that cannot be read, or is not signed with our key, is not from our kernel: it is passed over. */
function decoded(frames: Buffer[], key: string): Message | undefined {
  try {
    return decodeMessage(frames, key);
  } catch {
    return undefined;
  }
}

function ignoreClosed(_error: unknown): void {
  // A socket that was closed while it sent or waited: the one who closed it knows.
}
