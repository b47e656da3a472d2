import { randomUUID } from "crypto";
import { DELIMITER, sameText, signature } from "../kernel/io/signature";

/** A Jupyter message (protocol 5.3) without its routing prefix and signature. */
export interface Message {
  header: {
    msg_id: string;
    msg_type: string;
    session: string;
    username: string;
    date: string;
    version: string;
    subshell_id?: string;
  };
  parent_header: { msg_id?: string; msg_type?: string; subshell_id?: string };
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  /** Bytes beside the JSON; left out where there are none. */
  buffers?: Uint8Array[];
}

/** A request as a client sends it, with an id of its own. */
export function newRequest(session: string, type: string, content: Record<string, unknown>): Message {
  const date = new Date().toISOString();
  const header = { msg_id: randomUUID(), msg_type: type, session, username: "atelier", date, version: "5.3" };
  return { header, parent_header: {}, metadata: {}, content };
}

/** The frames of a message on the wire, signed with HMAC-SHA256; an empty key means no signature, as Jupyter has it. */
export function encodeMessage(message: Message, key: string): (string | Uint8Array)[] {
  const parts = [message.header, message.parent_header, message.metadata, message.content].map((part) =>
    JSON.stringify(part),
  );
  return [DELIMITER, signature(parts, key), ...parts, ...(message.buffers ?? [])];
}

/**
 * Reads the frames of a message and checks its signature. Throws a SyntaxError for frames that are no message, and an
 * Error for a signature made with another key.
 */
export function decodeMessage(frames: ArrayLike<Buffer>, key: string): Message {
  const list = Array.from(frames);
  const start = list.findIndex((frame) => frame.toString() === DELIMITER) + 1;
  if (start === 0 || list.length < start + 5)
    throw new SyntaxError(
      `decodeMessage(): ${list.length} frames are no Jupyter message, five after ${DELIMITER} are wanted`,
    );
  const parts = list.slice(start + 1, start + 5);
  if (!sameText(list[start].toString(), signature(parts, key)))
    throw new Error("decodeMessage(): the signature does not fit the key; the message came from another session");
  const [header, parent_header, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
  const buffers = list.slice(start + 5);
  return { header, parent_header, metadata, content, ...(buffers.length > 0 && { buffers }) };
}
