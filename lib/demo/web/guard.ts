import { isIP } from "node:net";
import type { Context, MiddlewareHandler } from "hono";
import { Refused } from "./refused";

/** By which names the server may be called, and from which pages. */
export interface GuardOptions {
  /** Names beside those of this machine's loopback and plain addresses, default none. */
  hosts?: string[];
}

/**
 * Lets in what is meant for this server and comes from where it may come from.
 *
 * A name that is neither this machine's own nor a plain address is refused: a page of a stranger can have its own name
 * point here (DNS rebinding), but a browser still tells that name. Pages of other origins may call only from loopback; all
 * other pages of the web can neither read answers nor change or store anything.
 */
export function guard({ hosts = [] }: GuardOptions = {}): MiddlewareHandler {
  const known = new Set(hosts.map((host) => host.toLowerCase()));
  const isOurs = (name: string) => isLoopback(name) || isIP(name) !== 0 || known.has(name);

  return async (context, next) => {
    const name = hostName(`http://${context.req.header("host") ?? ""}`);
    if (name === undefined || !isOurs(name))
      throw new Refused(
        403,
        "wrong_host",
        `"${context.req.header("host") ?? ""}" is not a name of this server; use localhost or its IP address.`,
      );
    const origin = context.req.header("origin");
    if (origin !== undefined) admit(context, origin);
    if (context.req.method === "OPTIONS") return context.body(null, 204);
    return next();
  };
}

function admit(context: Context, origin: string): void {
  if (origin.replace(/^https?:\/\//, "") === context.req.header("host")) return;
  if (!isLoopback(hostName(origin) ?? ""))
    throw new Refused(403, "wrong_origin", `Pages of ${origin} may not call this server, only pages of this machine.`);
  context.header("access-control-allow-origin", origin);
  context.header("vary", "Origin");
  if (context.req.method !== "OPTIONS") return;
  context.header("access-control-allow-methods", "GET, POST");
  context.header("access-control-allow-headers", context.req.header("access-control-request-headers") ?? "");
  context.header("access-control-max-age", "600");
}

/** Without brackets around IPv6. */
function hostName(address: string): string | undefined {
  try {
    return new URL(address).hostname.replace(/^\[|\]$/g, "");
  } catch {
    return undefined;
  }
}

/** Whether a name or an address means this machine, whatever resolves it. */
export function isLoopback(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name);
}
