import { STATUS_CODES } from "node:http";
import { type Refused, toRefusal } from "./refused";
import { SECURE_HEADERS } from "./secure";

/** A refusal where there is no app to give it, as what came is no request that one could be asked. */
export interface BareRefusal {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The connection is to be closed after it. */
export function toBareRefusal(refused: Refused): BareRefusal {
  const body = JSON.stringify(toRefusal(refused));
  const length = String(Buffer.byteLength(body));
  const own = { "content-type": "application/json", "content-length": length, connection: "close" };
  return { status: refused.status, headers: { ...SECURE_HEADERS, ...own }, body };
}

/** The same as it goes over the wire. */
export function toWire({ status, headers, body }: BareRefusal): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}\r\n${lines.join("")}\r\n${body}`;
}
