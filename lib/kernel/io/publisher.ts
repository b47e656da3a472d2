import { PLACE } from "./link";
import type { Sender } from "./sender";
import type { KernelMessage, Wire } from "./wireMessage";

/** The public channel: what is published leaves in this order, complete, printed text in large pieces. */
export interface Publisher {
  /** `size`: the characters that the computing thread has counted as under way for it. */
  publish(message: Omit<KernelMessage, "address">, size?: number): void;
  print(name: string, parent: object, text: string): void;
  /** Tells a new reader of this topic that it is heard from now on. */
  welcome(topic: string): void;
  /** Settles when all of it has left. */
  drained(): Promise<void>;
}

const GATHERING = 20; // ms that printed text waits for more
const PIECE = 65536; // characters of one stream message, about

/** A message that waits, or printed text that may still grow. */
interface Waiting {
  topic?: string;
  type: string;
  parent: object;
  content: string;
  metadata?: string;
  buffers?: Uint8Array[];
  size: number;
  stream?: { name: string; texts: string[]; due: number };
}

/** Publishes through `sender`; `state` tells the computing thread how much is under way. */
export function newPublisher(sender: Sender, wire: Pick<Wire, "encode">, state: Int32Array): Publisher {
  const queue: Waiting[] = [];
  let pumping: Promise<void> | undefined;
  let wake = () => {};
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => (clearTimeout(timer), resolve());
    });
  const pump = async () => {
    for (let next = queue[0]; next; next = queue[0]) {
      const rest = patience(next, queue.length);
      if (rest > 0) {
        await pause(rest);
        continue;
      }
      queue.shift();
      await sender.send(wire.encode(toMessage(next)));
      release(state, next.size);
    }
    pumping = undefined;
  };
  const add = (waiting: Waiting) => {
    queue.push(waiting);
    wake();
    pumping ??= pump();
  };
  return {
    publish: (message, size = 0) => add({ ...message, size }),
    print: (name, parent, text) => {
      const last = queue[queue.length - 1];
      if (last?.stream?.name !== name || last.parent !== parent || last.size >= PIECE)
        return add(printed(name, parent, text));
      last.stream.texts.push(text);
      last.size += text.length;
      if (last.size >= PIECE) wake();
    },
    welcome: (topic) => {
      const content = JSON.stringify({ subscription: topic });
      add({ topic, type: "iopub_welcome", parent: {}, content, size: 0 });
    },
    drained: async () => {
      const last = queue[queue.length - 1];
      if (last?.stream) last.stream.due = 0;
      wake();
      await pumping;
    },
  };
}

function printed(name: string, parent: object, text: string): Waiting {
  const stream = { name, texts: [text], due: performance.now() + GATHERING };
  return { type: "stream", parent, content: "", stream, size: text.length };
}

/** Milliseconds to wait for more text: none when the piece is full or something else follows it. */
function patience({ stream, size }: Waiting, queued: number): number {
  return stream && size < PIECE && queued === 1 ? stream.due - performance.now() : 0;
}

function toMessage({ type, topic = type, parent, content, stream, metadata, buffers }: Waiting): KernelMessage {
  const text = stream ? JSON.stringify({ name: stream.name, text: stream.texts.join("") }) : content;
  return { address: [topic], type, parent, content: text, metadata, buffers };
}

function release(state: Int32Array, size: number): void {
  if (size === 0) return;
  Atomics.sub(state, PLACE.underWay, size);
  Atomics.notify(state, PLACE.underWay);
}
