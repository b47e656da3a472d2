import { inspect } from "util";
import type { Bundle } from "./display";

/**
 * What a value's own `Symbol.for("Jupyter.display")` method gives, at once or later, with bytes as base64 and a text where
 * it gives none; undefined for a value without the method.
 *
 * @throws TypeError when the method gives no object, and what the method throws
 */
export function ownBundle(value: unknown): Bundle | Promise<Bundle> | undefined {
  const method = (value as Record<symbol, unknown> | null | undefined)?.[Symbol.for("Jupyter.display")];
  if (typeof method !== "function") return undefined;
  const given: unknown = method.call(value);
  if (isThenable(given)) return Promise.resolve(given).then((bundle) => checked(bundle, value));
  return checked(given, value);
}

/** A value as text alone: as Node prints it, or as it is. */
export function textBundle(value: unknown): Bundle {
  return { "text/plain": typeof value === "string" ? value : inspect(value) };
}

function isThenable(given: unknown): given is PromiseLike<unknown> {
  return typeof (given as { then?: unknown } | null | undefined)?.then === "function";
}

function checked(bundle: unknown, value: unknown): Bundle {
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle))
    throw new TypeError(`Symbol.for("Jupyter.display") gave ${inspect(bundle)}; an object of MIME types is wanted`);
  const entries = Object.entries(bundle).filter(([, data]) => data !== undefined);
  const forms = Object.fromEntries(
    entries.map(([type, data]) => [type, data instanceof Uint8Array ? toBase64(data) : data]),
  );
  return typeof forms["text/plain"] === "string" ? (forms as Bundle) : { ...forms, ...textBundle(value) };
}

function toBase64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
