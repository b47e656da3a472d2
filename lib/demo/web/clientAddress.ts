import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { Context } from "hono";

/** Whom an address is believed. */
export interface AddressOptions {
  /** Whether the last address of X-Forwarded-For is the client's: only behind a proxy of one's own, which writes it. Default false. */
  trustProxy?: boolean;
}

/** The address a request comes from; "unknown" where there is no connection, as in a test. */
export function clientAddress(context: Context, { trustProxy = false }: AddressOptions = {}): string {
  const forwarded = trustProxy ? lastAddress(context.req.header("x-forwarded-for")) : undefined;
  const { incoming } = (context.env ?? {}) as { incoming?: IncomingMessage };
  return plain(forwarded ?? incoming?.socket.remoteAddress ?? "unknown");
}

/**
 * What one client may change its address within: an IPv4 address, or a network of 64 bits of IPv6, as a home has at least.
 *
 * @param address - as `clientAddress` gives it
 */
export function clientNetwork(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head, tail] = address.split("::");
  const [first, last] = [head, tail].map((part) => (part ? part.split(":") : []));
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...new Array<string>(Math.max(0, missing)).fill("0"), ...last];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** The one that the nearest proxy has written; what stands before it came from the client, who may write what they like. */
function lastAddress(list = ""): string | undefined {
  const last = list.split(",").at(-1)!.trim();
  const [, bracketed] = /^\[(.+)\](?::\d+)?$/.exec(last) ?? [];
  const address = bracketed ?? last.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return isIP(address) ? address : undefined;
}

/** IPv4 as such, also where it is written as IPv6, in small letters and without a zone. */
function plain(address: string): string {
  const small = address.toLowerCase().replace(/%.*$/, "");
  return small.replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/, "$1");
}
