import type { Context } from "hono";
import type { AddressOptions } from "./clientAddress";

/**
 * Where clients reach this server, without a slash at the end. Behind a trusted proxy the protocol is that of the proxy
 * (X-Forwarded-Proto); the name is that of the Host header, which the proxy must pass on.
 */
export function publicOrigin({ req }: Context, { trustProxy = false }: AddressOptions = {}): string {
  const { origin } = new URL(req.url);
  const told = trustProxy ? req.header("x-forwarded-proto")?.split(",").at(-1)?.trim() : undefined;
  return told === "https" || told === "http" ? origin.replace(/^\w+/, told) : origin;
}
