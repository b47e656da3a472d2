import { bool, type DataType, float64, int64, list, utf8 } from "@uwdata/flechette";
import { table, toArrowIPC } from "arquero";
import type { ScoredSweep } from "./scoredSweep";

/** A column with its values, null where a row has none, and their type. */
interface Column {
  name: string;
  values: unknown[];
  type: DataType;
}

/**
 * The rows of a sweep as a file of Arrow (IPC, also called Feather 2): name, status, all parameters, all recorded values, seconds,
 * and each curve as a list of numbers under "epochs/" and its name. Whole numbers and others have 64 bits. What is neither a
 * number nor a truth value is text, as JSON where it is no text; so is a column that mixes these. Of two columns with the same
 * name, the later one's ends in "_2".
 */
export function toArrow({ sweep, results }: ScoredSweep): Uint8Array {
  const parameters = sweep.rows.map((row) => row.parameters);
  const [metrics, curves] = [results.map((result) => result?.metrics), results.map((result) => result?.curves)];
  const columns = withOwnNames([
    { name: "row", values: sweep.rows.map(({ id }) => id), type: utf8() },
    { name: "status", values: results.map((result) => result?.status ?? "left"), type: utf8() },
    ...[parameters, metrics].flatMap((records) =>
      namesIn(records).map((name) => plainColumn(name, valuesOf(records, name))),
    ),
    { name: "seconds", values: results.map((result) => result?.seconds ?? null), type: float64() },
    ...namesIn(curves).map((name) => ({
      name: `epochs/${name}`,
      values: valuesOf(curves, name),
      type: list(float64()),
    })),
  ]);
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  return toArrowIPC(table(columns.map(({ name, values }) => [name, values])), { format: "file", types });
}

type Records = readonly (Record<string, unknown> | undefined)[];

function namesIn(records: Records): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record ?? {})))];
}

/** Null where a record does not have it. */
function valuesOf(records: Records, name: string): unknown[] {
  return records.map((record) => (record && Object.hasOwn(record, name) ? record[name] : null));
}

/** A column in the type of its values. */
function plainColumn(name: string, values: unknown[]): Column {
  const there = values.filter((value) => value !== null);
  const all = (is: (value: unknown) => boolean) => there.length > 0 && there.every(is);
  if (all(Number.isSafeInteger)) return { name, values, type: int64() };
  if (all((value) => typeof value === "number")) return { name, values, type: float64() };
  if (all((value) => typeof value === "boolean")) return { name, values, type: bool() };
  const text = (value: unknown) => (typeof value === "string" || value === null ? value : JSON.stringify(value));
  return { name, values: values.map(text), type: utf8() };
}

function withOwnNames(columns: Column[]): Column[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let count = 2; taken.has(name); count++) name = `${column.name}_${count}`;
    taken.add(name);
    return { ...column, name };
  });
}
