import { randomUUID } from "crypto";
import { PROTOCOL } from "./protocol";
import { DELIMITER, sameText, signature } from "./signature";

/** The part of a Jupyter connection file that a kernel reads. */
export interface ConnectionInfo {
  transport: string;
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  key: string;
  signature_scheme?: string;
}

/** A client's message. */
export interface ClientMessage {
  /** The way back to the client. */
  identities: Buffer[];
  header: Record<string, unknown> & { msg_type: string };
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  /** Bytes beside the JSON. */
  buffers: Uint8Array[];
}

/** A message of ours. */
export interface KernelMessage {
  /** The way to a client, or the topic of a public message. */
  address: (Buffer | string)[];
  type: string;
  /** The header of the message this one answers. */
  parent: object;
  /** JSON text. */
  content: string;
  /** JSON text; that of an empty object by default. */
  metadata?: string;
  /** Bytes beside the JSON; none by default. */
  buffers?: Uint8Array[];
}

/** Signs and reads messages. */
export interface Wire {
  encode(message: KernelMessage): (Uint8Array | string)[];
  /** Throws a SyntaxError for frames that are no message, an Error for one that was signed with another key. */
  decode(frames: Buffer[]): ClientMessage;
}

/** The wire format of one connection. */
export function newWire({ key, signature_scheme = "hmac-sha256" }: ConnectionInfo): Wire {
  const session = randomUUID();
  const algorithm = signature_scheme.replace(/^hmac-/, "");
  const sign = (parts: (string | Buffer)[]) => signature(parts, key, algorithm);
  const encode = ({ address, type, parent, content, metadata = "{}", buffers = [] }: KernelMessage) => {
    const date = new Date().toISOString();
    const header = { msg_id: randomUUID(), msg_type: type, session, username: "kernel", date, version: PROTOCOL };
    const parts = [JSON.stringify(header), JSON.stringify(parent), metadata, content];
    return [...address, DELIMITER, sign(parts), ...parts, ...buffers];
  };
  const decode = (frames: Buffer[]) => {
    const at = frames.findIndex((frame) => frame.toString() === DELIMITER);
    if (at < 0 || frames.length < at + 6) throw new SyntaxError(`${frames.length} frames are no Jupyter message`);
    const parts = frames.slice(at + 2, at + 6);
    if (!sameText(frames[at + 1].toString(), sign(parts)))
      throw new Error("the signature does not fit the connection's key; the message came from another client");
    return {
      identities: frames.slice(0, at),
      header: JSON.parse(parts[0].toString()),
      metadata: JSON.parse(parts[2].toString()),
      content: JSON.parse(parts[3].toString()),
      buffers: frames.slice(at + 6).map((frame) => new Uint8Array(frame)),
    };
  };
  return { encode, decode };
}
