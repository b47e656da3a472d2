import { StringDecoder } from "string_decoder";
import { takeChildOutput } from "./childOutput";
import { PLACE, type ToIo } from "./io/link";
import type { Origin } from "./origin";
import { waitAt } from "./waitAt";

/** What cells print and show, on its way to the sockets. */
export interface Output {
  /** Takes over `process.stdout` and `process.stderr`, also for the programs that cells start. */
  takeStreams(): void;
  publish(type: string, content: object): void;
  /** Publishes a message of a comm, which belongs to a client's message or else to the cell. */
  publishComm(message: CommOutput): void;
  print(name: "stdout" | "stderr", text: string): void;
}

/** A comm's message. */
export interface CommOutput {
  type: string;
  content: object;
  metadata: object;
  buffers: Uint8Array[];
  /** The client's message that it answers. */
  request?: number;
}

const MOST_UNDER_WAY = 32 * 2 ** 20; // characters; then the cell waits for its readers
const LOOK = 100; // ms

/** What output goes through. */
export interface OutputParts {
  send(message: ToIo): void;
  /** Whose output it is. */
  origin: Origin;
  state: Int32Array;
}

/** Sends output through `send`; waits while too much of it is under way, so that memory stays bounded. */
export function newOutput({ send, origin, state }: OutputParts): Output {
  const count = (characters: number) => {
    let underWay = Atomics.add(state, PLACE.underWay, characters) + characters;
    while (underWay > MOST_UNDER_WAY) {
      waitAt(state, PLACE.underWay, { value: underWay, most: LOOK });
      underWay = Atomics.load(state, PLACE.underWay);
    }
  };
  const print: Output["print"] = (name, text) => {
    if (text === "") return;
    send({ kind: "stream", cell: origin.id(), name, text });
    count(text.length);
  };
  return {
    print,
    publish: (type, message) => {
      const content = JSON.stringify(message);
      send({ kind: "publish", cell: origin.id(), type, content });
      count(content.length);
    },
    publishComm: ({ type, content, metadata, buffers, request }) => {
      const message = { type, content: JSON.stringify(content), metadata: JSON.stringify(metadata), buffers };
      const size = buffers.reduce((sum, { byteLength }) => sum + byteLength, message.content.length);
      send({ kind: "commPublish", cell: origin.id(), request, message, size });
      count(size);
    },
    takeStreams: () => {
      for (const name of ["stdout", "stderr"] as const) process[name].write = writer((text) => print(name, text));
      takeChildOutput();
    },
  };
}

type Done = (error?: Error | null) => void;

function writer(print: (text: string) => void): NodeJS.WriteStream["write"] {
  const decoder = new StringDecoder("utf8");
  return (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done) => {
    const isText = typeof chunk === "string";
    const coded = isText && typeof encoding === "string" && !/^utf-?8$/i.test(encoding);
    print(isText && !coded ? chunk : decoder.write(coded ? Buffer.from(chunk, encoding) : Buffer.from(chunk)));
    const whenDone = typeof encoding === "function" ? encoding : done;
    if (whenDone) process.nextTick(whenDone);
    return true;
  };
}
