import { inspect } from "util";

/** One output in several forms, by MIME type. */
export type MimeBundle = Record<string, unknown>;

/** What is needed to show more of a value than its text. */
export interface Showing {
  /** A value in all its forms, those of its own `Symbol.for("Jupyter.display")` method first. Loaded when first used. */
  valueBundle(value: unknown): MimeBundle | Promise<MimeBundle>;
  /** Hears why a value could not show itself. */
  complain(error: unknown): void;
}

/** How a value shows itself; as Node would print it where that fails. */
export async function displayBundle(value: unknown, { valueBundle, complain }: Showing): Promise<MimeBundle> {
  if (isSimple(value)) return { "text/plain": plain(value) };
  try {
    const bundle = await valueBundle(value);
    JSON.stringify(bundle); // a bundle that cannot be sent is none
    return bundle;
  } catch (error) {
    complain(error);
    return { "text/plain": plain(value) };
  }
}

/** Values of which Node's own text says all. A text that begins with "<" may be a picture. */
function isSimple(value: unknown): boolean {
  if (typeof value === "string") return !/^\s*</.test(value);
  return value === null || (typeof value !== "object" && typeof value !== "function");
}

/** As Node prints it; without the value's own inspector where that fails. */
function plain(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return inspect(value);
  } catch {
    return inspect(value, { customInspect: false });
  }
}
