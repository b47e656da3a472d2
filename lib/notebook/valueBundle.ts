import { inspect } from "util";
import type { Bundle } from "./display";
import { richBundle } from "./richBundle";

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * A value in all its forms: those its own `Symbol.for("Jupyter.display")` method gives, else those known for its kind,
 * else the text that Node would print. Bytes become base64.
 *
 * @throws TypeError when the method gives no object, and what the method throws
 */
export function valueBundle(value: unknown): Bundle | Promise<Bundle> {
  const method = (value as Record<symbol, unknown> | null | undefined)?.[DISPLAY];
  if (typeof method !== "function") return richBundle(value) ?? { "text/plain": plainText(value) };
  const given: unknown = method.call(value);
  if (isThenable(given)) return Promise.resolve(given).then((bundle) => checked(bundle, value));
  return checked(given, value);
}

/** Text as it is. */
function plainText(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
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
  return "text/plain" in forms ? (forms as Bundle) : { ...forms, "text/plain": plainText(value) };
}

function toBase64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
