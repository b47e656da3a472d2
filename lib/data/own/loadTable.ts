import { type ColumnTable, from } from "arquero";
import type { OwnSet } from "./ownSet";
import { readText } from "./readText";
import { parseDelimited, type TableRows } from "./tableRows";

/** A table whose rows are examples. */
export interface OwnTable extends OwnSet {
  /** [rows, features] */
  x: Float32Array;
  /** What each column of `x` is: a column of the file, or `column=category`. */
  featureNames: string[];
  /** The rows as they were read, without those that were dropped. */
  table: ColumnTable;
}

/** Options of `loadTable`. */
export interface OwnTableOptions {
  /** The column to be foretold. */
  target: string;
  /** Columns that are not to be learned from, as an id. */
  ignore?: string[];
  /** "classify" takes each value of the target for a class, "number" foretells it. Default: by what stands there. */
  task?: "classify" | "number";
  /** What to do with rows in which a value is missing. Default "refuse". */
  missing?: "refuse" | "drop";
  /** What makes values of a CSV file's texts, by the names of columns, as `{ price: (text) => Number(text.replace("$", "")) }`. */
  parse?: Record<string, (text: string) => unknown>;
  /** The file's encoding, by TextDecoder's names; default UTF-8, or UTF-16 where the file begins so. */
  encoding?: string;
}

/** Categories of a column at most: a column of free text or of ids would make a feature of each row. */
const MOST_CATEGORIES = 100;

type Row = Record<string, unknown>;

const CALL = "loadTable()";

/**
 * Loads a CSV file (also with tabs or semicolons, also packed by gzip), a JSON list of records, or a file with a JSON record
 * on each line. Columns of numbers become a feature each; columns of text, or of true and false, become one feature for each
 * category, 1 where a row has it. In a file with semicolons or tabs, numbers may have a decimal comma. An empty field, NA,
 * null, NaN and what else pandas takes for it is a missing value.
 *
 * Columns of ISO dates in a CSV file, such as 2020-01-05, become numbers: days since 1970. In JSON dates are text, and
 * become categories.
 *
 * @throws RangeError for a file, a target or a column that is not there, or with too many categories; SyntaxError with row or line
 * and column for a value that is missing, for texts that look like numbers or dates and are none, or a file that is none of these
 */
export function loadTable(file: string, options: OwnTableOptions): OwnTable {
  const { target, ignore = [], task, missing = "refuse" } = options;
  const { names, rows: read } = readRows(file, options);
  const columns = `its columns are ${names.join(", ")}`;
  if (target === undefined)
    throw new RangeError(`${CALL}: name the column of ${file} to be foretold as { target: "NAME" }; ${columns}`);
  for (const name of [target, ...ignore, ...Object.keys(options.parse ?? {})])
    if (!names.includes(name)) throw new RangeError(`${CALL}: ${file} has no column "${name}"; ${columns}`);
  const used = names.filter((name) => !ignore.includes(name));
  if (used.every((name) => name === target))
    throw new RangeError(`${CALL}: ${file} has no column to learn from beside "${target}"; ${columns}`);
  const rows = withoutGaps(read, used, { file, missing });
  for (const name of used) checkValues(rows, name, file);
  const features = used.filter((name) => name !== target).map((name) => featuresOf(rows, name));
  const values = features.flatMap((feature) => feature.values);
  const x = new Float32Array(rows.length * values.length);
  values.forEach((column, at) => column.forEach((value, row) => (x[row * values.length + at] = value)));
  return {
    ...answersOf(rows, target, task),
    x,
    shape: [rows.length, values.length],
    featureNames: features.flatMap((feature) => feature.names),
    table: from(rows) as ColumnTable,
  };
}

function readRows(file: string, { ignore = [], parse = {}, encoding }: OwnTableOptions): TableRows {
  const text = readText(CALL, file, encoding);
  const isJSON = /\.(json|jsonl|ndjson)(\.gz)?$/i.test(file);
  const found = isJSON ? parseRecords(text, file) : parseDelimited(text, { place: `${CALL}: ${file}`, ignore, parse });
  if (found.rows.length > 0) return found;
  throw new SyntaxError(`${CALL}: ${file} has no rows; wanted a first line with the column names, and rows below it`);
}

function parseRecords(text: string, file: string): TableRows {
  const isList = text.trimStart().startsWith("[");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  try {
    const rows: unknown = isList ? JSON.parse(text) : lines.map((line) => JSON.parse(line));
    if (Array.isArray(rows) && rows.every((row) => typeof row === "object" && row !== null && !Array.isArray(row)))
      return { names: [...new Set(rows.flatMap((row: Row) => Object.keys(row)))], rows };
  } catch (error) {
    throw new SyntaxError(`${CALL}: ${file} is no JSON: ${(error as Error).message}`, { cause: error });
  }
  throw new SyntaxError(`${CALL}: ${file} holds no records; wanted is [{ "column": value, … }, …], or a record on each line`); // prettier-ignore
}

/** Values within values are nothing to learn from. */
function checkValues(rows: Row[], name: string, file: string): void {
  const row = rows.findIndex(({ [name]: value }) => typeof value === "object" && !(value instanceof Date));
  if (row < 0) return;
  const text = JSON.stringify(rows[row][name]).slice(0, 40);
  throw new SyntaxError(
    `${CALL}: ${file}, row ${row + 1}, column "${name}": got ${text}, wanted a number, a text, true or false; name the column in ignore`,
  );
}

function withoutGaps(rows: Row[], names: string[], { file, missing }: { file: string; missing: string }): Row[] {
  const gapOf = (row: Row) => names.find((name) => isMissing(row[name]));
  const kept = rows.filter((row) => gapOf(row) === undefined);
  if (kept.length === rows.length) return rows;
  const first = rows.findIndex((row) => gapOf(row) !== undefined);
  const where = `${rows.length - kept.length} of ${rows.length} rows of ${file} miss a value, the first of them row ${first + 1} in column "${gapOf(rows[first])}"`;
  if (missing === "refuse")
    throw new SyntaxError(`${CALL}: ${where}; fill them, or pass { missing: "drop" } to leave these rows out`);
  if (kept.length === 0) throw new SyntaxError(`${CALL}: ${where}: no row is whole; name the column in ignore`);
  return kept;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || Number.isNaN(value);
}

/** A column as numbers, one list of them for each feature it makes. */
function featuresOf(rows: Row[], name: string): { names: string[]; values: number[][] } {
  const column = rows.map((row) => row[name]);
  if (column.every(isNumber)) return { names: [name], values: [column.map(numberOf)] };
  const categories = categoriesOf(column, name);
  return {
    names: categories.map((category) => `${name}=${category}`),
    values: categories.map((category) => column.map((value) => Number(nameOf(value) === category))),
  };
}

function answersOf(rows: Row[], target: string, task?: "classify" | "number"): Pick<OwnSet, "y" | "classNames"> {
  const column = rows.map((row) => row[target]);
  const isNumbers = column.every(isNumber);
  if (task === "number" && !isNumbers)
    throw new RangeError(`${CALL}: the target "${target}" has values that are not numbers; leave task out to classify`);
  if (task !== "classify" && isNumbers) return { y: Float32Array.from(column, numberOf) };
  const classNames = categoriesOf(column, target);
  return { y: Int32Array.from(column, (value) => classNames.indexOf(nameOf(value))), classNames };
}

/** A date as days since 1970: its milliseconds would lose minutes as a 32-bit float. */
function numberOf(value: unknown): number {
  return value instanceof Date ? value.getTime() / 86_400_000 : Number(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || value instanceof Date;
}

/** A value as the name of a category; a date as in ISO 8601, whatever the time zone. */
function nameOf(value: unknown): string {
  return value instanceof Date ? value.toISOString().replace("T00:00:00.000Z", "") : String(value);
}

function categoriesOf(column: unknown[], name: string): string[] {
  const categories = [...new Set(column.map(nameOf))].sort();
  if (categories.length <= MOST_CATEGORIES) return categories;
  throw new RangeError(
    `${CALL}: column "${name}" has ${categories.length} categories, wanted at most ${MOST_CATEGORIES}; name it in ignore, or join some`,
  );
}
