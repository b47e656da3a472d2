/// <reference lib="dom" />
import { PROTOCOL } from "../../kernel/io/protocol";
import type { ClientMessage, Wire } from "../../kernel/io/wireMessage";

/** A message as JupyterLab has it in memory. */
export interface JupyterMessage {
  channel: string;
  header: Record<string, unknown> & { msg_type: string };
  parent_header: Record<string, unknown>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  buffers?: (ArrayBuffer | ArrayBufferView)[];
}

/**
 * Writes messages as frames that stay in the page: header, parent, metadata, content, then buffers. Nothing is signed. A message
 * names the session of the client that it answers, by which JupyterLite finds that client.
 */
export function newPageWire(): Pick<Wire, "encode"> {
  const own = crypto.randomUUID();
  return {
    encode: ({ type, parent, content, metadata = "{}", buffers = [] }) => {
      const date = new Date().toISOString();
      const { session = own } = parent as { session?: string };
      const header = { msg_id: crypto.randomUUID(), msg_type: type, session, username: "kernel", date, version: PROTOCOL }; // prettier-ignore
      return [JSON.stringify(header), JSON.stringify(parent), metadata, content, ...buffers];
    },
  };
}

/** The message of these frames. */
export function toJupyterMessage(channel: string, frames: (Uint8Array | string)[]): JupyterMessage {
  const [header, parent_header, metadata, content] = frames.slice(0, 4).map((text) => JSON.parse(String(text)));
  return { channel, header, parent_header, metadata, content, buffers: frames.slice(4) as Uint8Array[] };
}

/** A client's message as the kernel reads it. */
export function toClientMessage({ header, metadata, content, buffers = [] }: JupyterMessage): ClientMessage {
  const bytes = (buffer: ArrayBuffer | ArrayBufferView) =>
    ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer); // prettier-ignore
  return { identities: [], header, metadata, content, buffers: buffers.map(bytes) };
}
