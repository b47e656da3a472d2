import { inspect } from "util";

/** One output in several forms, by MIME type. */
export type MimeBundle = Record<string, unknown>;

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * How a value shows itself: by its own `Symbol.for("Jupyter.display")` method, which gives a bundle or a promise of
 * one, else as Node would print it. Bytes become base64.
 */
export async function displayBundle(value: unknown): Promise<MimeBundle> {
  const show = (value as Record<symbol, unknown> | null)?.[DISPLAY];
  if (typeof show !== "function") return { "text/plain": plain(value) };
  const bundle: unknown = await show.call(value);
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle))
    throw new TypeError(`Symbol.for("Jupyter.display") gave ${inspect(bundle)}; an object of MIME types is wanted`);
  const entries = Object.entries(bundle).filter(([, data]) => data !== undefined);
  return Object.fromEntries(entries.map(([type, data]) => [type, data instanceof Uint8Array ? base64(data) : data]));
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}

function base64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
