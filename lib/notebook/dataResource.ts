import { cellText, listText } from "./cellText";
import { isNumeric, type Grid } from "./grid";

/** A table as front ends read it that sort and filter: the form `application/vnd.dataresource+json`. */
export interface DataResource {
  schema: { fields: { name: string; type: string }[] };
  data: Record<string, unknown>[];
}

const MOST_ROWS = 50;
const MOST_COLUMNS = 50;

/** The first rows of the first columns, fifty of each at most (Frictionless Data, Tabular Data Resource, 2017). */
export function toDataResource({ names, count, cell, type }: Grid): DataResource {
  const columns = names.slice(0, MOST_COLUMNS);
  const fields = columns.map((name, column) => ({ name, type: fieldType(type(column)) }));
  const data = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, row) =>
    Object.fromEntries(columns.map((name, column) => [name, plainValue(cell(row, column))])),
  );
  return { schema: { fields }, data };
}

const OTHER_TYPES: Record<string, string> = { date: "datetime", boolean: "boolean", array: "array", object: "object" };

function fieldType(type: string): string {
  if (/int/.test(type)) return "integer";
  return isNumeric(type) ? "number" : (OTHER_TYPES[type] ?? "string");
}

/** What survives JSON; numbers beyond it become text, gaps and what is not finite null, what is very long is named or cut. */
function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return cut(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (isList(value) && value.length > MOST_VALUES) return listText(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, plainValue);
  if (typeof value === "object" && value !== null) return plainObject(value);
  return value ?? null;
}

const MOST_VALUES = 256; // of a list in one cell
const MOST_CHARACTERS = 5000;

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function plainObject(value: object): unknown {
  try {
    const json = JSON.stringify(value);
    return json.length > MOST_CHARACTERS ? cut(json) : JSON.parse(json);
  } catch {
    return cellText(value);
  }
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
