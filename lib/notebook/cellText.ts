import { inspect } from "util";

const MOST_CHARACTERS = 200;
const LINES = { depth: 1, breakLength: Infinity, customInspect: false }; // asks nothing of the value itself

/** A value of a table in one line of 200 characters at most; nothing for a gap. */
export function cellText(value: unknown): string {
  const text = wholeText(value);
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return shown.replace(/[\r\n]+/g, " ");
}

function wholeText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? "" : value.toISOString().replace("T00:00:00.000Z", "");
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return listText(value as ArrayLike<unknown>);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return typeof value === "object" ? inspect(value, LINES) : String(value);
}

/** How many values a list has. */
export function listText({ length }: ArrayLike<unknown>): string {
  return `[${length} values]`;
}
