import type { MiddlewareHandler } from "hono";
import { type AddressOptions, clientAddress, clientNetwork } from "./clientAddress";
import { Refused } from "./refused";

/** How many requests a client may make. */
export interface RateOptions extends AddressOptions {
  /** Requests a second of one address, in the long run. */
  rate: number;
  /** Milliseconds that have passed since some moment, default `performance.now`. */
  now?: () => number;
  /** Called for each request that is refused. */
  onRefused?: () => void;
}

/** Seconds whose requests may come at once after a pause. */
const BURST = 10;
/** Requests that may come at once in any case: a first look at all parts of the page takes a dozen. */
const LEAST_BURST = 30;

/** Addresses that are remembered at most; the one that was quiet for longest is forgotten first. */
const MOST = 100_000;

/**
 * Refuses clients that ask too often with status 429 and the seconds after which the next request is answered. Each
 * address has a leaky bucket, used as a meter (Turner, 1986), kept as the one time at which it will have run dry.
 */
export function rateLimit({ rate, trustProxy, now = () => performance.now(), onRefused = () => {} }: RateOptions) {
  const interval = 1000 / rate;
  const depth = Math.max(LEAST_BURST, BURST * rate) * interval;
  const dry = new Map<string, number>(); // by network, the one that asked last at the end

  const forgetSome = (time: number) => {
    for (const [network, empty] of dry)
      if (empty <= time || dry.size > MOST) dry.delete(network);
      else return;
  };

  const limit: MiddlewareHandler = async (context, next) => {
    const network = clientNetwork(clientAddress(context, { trustProxy }));
    const time = now();
    const level = Math.max(time, dry.get(network) ?? 0) + interval - time;
    if (level > depth) {
      onRefused();
      throw tooOften(rate, Math.ceil((level - depth) / 1000));
    }
    dry.delete(network);
    dry.set(network, time + level);
    forgetSome(time);
    return next();
  };
  return limit;
}

function tooOften(rate: number, retryAfter: number): Refused {
  const message = `Too many requests from your address; ${rate} a second are answered. Try again in ${retryAfter} s.`;
  return new Refused(429, "too_often", message, { retryAfter });
}
