import { readFileSync } from "node:fs";
import type { RedisOptions } from "ioredis";

/** Where a Redis server is. */
export interface RedisAddress {
  options: RedisOptions;
  /** The address for people, without the password. */
  shown: string;
  /** Whether it is on this machine, as far as the address says. */
  isLoopback: boolean;
}

/** The server that is taken where none is named. */
export const DEFAULT_REDIS = "redis://127.0.0.1:6379";

/**
 * Reads `redis://[user:password@]host[:port][/database]`; `rediss://` is the same over TLS, and `?ca=FILE` names the
 * certificate that signs the server's.
 *
 * @throws RangeError, in one line and without the password, for anything else
 */
export function readRedisAddress(text: string): RedisAddress {
  const url = parsed(text);
  const host = url.hostname.replace(/^\[|\]$/g, "") || "127.0.0.1";
  const port = Number(url.port || 6379);
  const database = url.pathname.replace(/^\//, "");
  if (!/^\d*$/.test(database)) throw refusal(text, `the database is "${database}"; a number is wanted`);
  const isTLS = url.protocol === "rediss:";
  const options: RedisOptions = {
    ...{ host, port, db: Number(database || 0) },
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(isTLS && { tls: { servername: /^[\d.]+$|:/.test(host) ? undefined : host, ca: readCA(text, url) } }),
  };
  const shown = `${url.protocol}//${host.includes(":") ? `[${host}]` : host}:${port}${database && `/${database}`}`;
  return { options, shown, isLoopback: LOOPBACK.test(host) };
}

const LOOPBACK = /^(localhost|127\.[\d.]+|::1)$/;

function parsed(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw refusal(text, "it is no address");
  }
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") throw refusal(text, "it is of another kind");
  for (const name of url.searchParams.keys())
    if (name !== "ca" || url.protocol === "redis:") throw refusal(text, `it has the setting "${name}"`);
  return url;
}

function readCA(text: string, { searchParams }: URL): Buffer | undefined {
  const file = searchParams.get("ca");
  if (file === null) return undefined;
  try {
    return readFileSync(file);
  } catch (error) {
    throw refusal(text, `the certificate ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function refusal(text: string, why: string): RangeError {
  const shown = text.replace(/\/\/.*@/, "//…@");
  return new RangeError(
    `The Redis address "${shown}" cannot be used, ${why}; give redis://[user:password@]host[:port][/database], or rediss:// with ?ca=FILE`,
  );
}
