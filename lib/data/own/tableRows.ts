import { RowParser, type CsvRow } from "./csvRows";
import { typedColumn } from "./textColumns";

/**
 * Rows of a table, by the names of its columns.
 *
 * @internal
 */
export interface TableRows {
  names: string[];
  rows: Record<string, unknown>[];
}

/**
 * How columns of texts are read.
 *
 * @internal
 */
export interface TextOptions {
  /** What errors begin with. */
  place: string;
  /** Columns that nothing is learned from: any text will do. */
  ignore: string[];
  /** Makes values of a column's texts. */
  parse: Record<string, (text: string) => unknown>;
}

/** What stands for a missing value, as in pandas' read_csv. */
const MISSING = new Set([
  "",
  "#N/A",
  "#NA",
  "<NA>",
  "n/a",
  "N/A",
  "NA",
  "NULL",
  "null",
  "None",
  "nan",
  "-nan",
  "NaN",
  "-NaN",
]);

/**
 * Reads comma-, semicolon- or tab-separated text whose first line names the columns; the delimiter is what that line has most of.
 *
 * @throws SyntaxError with the line where the text is no table
 * @internal
 */
export function parseDelimited(text: string, options: TextOptions): TableRows {
  const parser = new RowParser(options.place);
  const lines = text.includes("\n") ? text : text.replaceAll("\r", "\n");
  const [header, ...rows] = [...parser.take(lines), ...parser.end("")];
  if (header === undefined) return { names: [], rows: [] };
  const names = namesOf(header, options.place);
  for (const row of rows) checkWidth(row, names, options.place);
  const columns = names.map((name, at) => {
    const texts = rows.map(({ fields }) => textOf(fields[at]));
    const parse = options.parse[name];
    if (parse) return texts.map((one) => (one === undefined ? undefined : parse(one)));
    if (options.ignore.includes(name)) return texts;
    const lineOf = (row: number) => rows[row].line;
    return typedColumn({ name, texts, lineOf, place: options.place, decimalComma: parser.delimiter !== "," });
  });
  return { names, rows: rows.map((_, row) => rowOf(names, columns, row)) };
}

function rowOf(names: string[], columns: unknown[][], row: number): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (let column = 0; column < names.length; column++) values[names[column]] = columns[column][row];
  return values;
}

function textOf(field: string | undefined): string | undefined {
  const text = field?.trim() ?? "";
  return MISSING.has(text) ? undefined : text;
}

/** A column without a name, as pandas writes for its index, is known by its place. */
function namesOf({ fields, line }: CsvRow, place: string): string[] {
  const names = fields.map((field, at) => field.trim() || `column ${at + 1}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return names;
  throw new SyntaxError(`${place}, line ${line}: two columns are named "${twice}"; rename one of them`);
}

function checkWidth({ fields, line }: CsvRow, names: string[], place: string): void {
  if (fields.slice(names.length).every((field) => field.trim() === "")) return;
  throw new SyntaxError(
    `${place}, line ${line}: got ${fields.length} fields, wanted ${names.length} as in the first line; a field that holds the delimiter needs quotes`,
  );
}
