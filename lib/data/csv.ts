/** Columns of the Kaggle form: the label and 28 x 28 pixels. */
const PIXELS = 784;
const COLUMNS = PIXELS + 1;
const CLASSES = 10;
/** Far more than the 6,700 characters of the usual header, so that a file without line ends is not split up whole. */
const MAX_HEADER_BYTES = 65536;

const QUOTE = 0x22;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const ZERO = 0x30;

/** Pictures and their classes, as a CSV file gives them. */
export interface LabelledImages {
  /** [count, 784], row after row, 0 to 255. */
  images: Uint8Array;
  /** [count], 0 to 9. */
  labels: Uint8Array;
  count: number;
}

/**
 * Parses the CSV form in which Kaggle gives Fashion-MNIST: a header with the columns `label` and `pixel1` to `pixel784`
 * in any order, then one line of integers an image. Quoted fields, CRLF line ends, a byte order mark and empty lines at
 * the end are accepted.
 *
 * @throws SyntaxError with the line number and the column's name when a line is not of that form, RangeError when a
 *   label is not 0 to 9 or a pixel not 0 to 255
 */
export function parseCsv(input: string | Uint8Array): LabelledImages {
  const bytes = typeof input === "string" ? Buffer.from(input) : input;
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const end = endOfContent(bytes, start);
  const { columns, next } = parseHeader(bytes, start, end);
  return parseRows(bytes.subarray(next, end), columns);
}

/** Where the content ends when the line ends after the last row are left out. */
function endOfContent(bytes: Uint8Array, start: number): number {
  let end = bytes.length;
  while (end > start && (bytes[end - 1] === NEWLINE || bytes[end - 1] === RETURN)) end--;
  return end;
}

// The header ------------------------------------------------------------------------------------------------------

function parseHeader(bytes: Uint8Array, start: number, end: number): { columns: string[]; next: number } {
  const newline = bytes.indexOf(NEWLINE, start);
  const stop = newline === -1 || newline > end ? end : newline;
  if (stop - start > MAX_HEADER_BYTES)
    throw headerError(`a first line of ${stop - start} characters, wanted a header of at most ${MAX_HEADER_BYTES}`);
  const line = Buffer.from(bytes.subarray(start, stop)).toString("utf8").replace(/\r$/, "");
  const columns = line.split(",").map((name) => name.replace(/^"(.*)"$/, "$1"));
  checkColumns(columns);
  return { columns, next: Math.min(stop + 1, end) };
}

function checkColumns(columns: string[]): void {
  const seen = new Set<string>();
  for (const name of columns) {
    if (!isColumn(name)) throw headerError(`a column ${quoted(name)}, wanted label and pixel1 to pixel${PIXELS}`);
    if (seen.has(name)) throw headerError(`the column ${name} twice, wanted it once`);
    seen.add(name);
  }
  if (seen.size < COLUMNS)
    throw headerError(`${seen.size} columns, wanted ${COLUMNS}; ${firstMissing(seen)} is missing`);
}

function isColumn(name: string): boolean {
  const number = /^pixel([1-9]\d{0,2})$/.exec(name)?.[1];
  return name === "label" || (number !== undefined && Number(number) <= PIXELS);
}

function firstMissing(seen: Set<string>): string {
  const all = ["label", ...Array.from({ length: PIXELS }, (_, index) => `pixel${index + 1}`)];
  return all.filter((name) => !seen.has(name))[0];
}

function headerError(got: string): SyntaxError {
  return new SyntaxError(`parseCsv(): line 1: got ${got}; the first line has to name the columns`);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

// The rows --------------------------------------------------------------------------------------------------------

/** Where the parser stands: the place of the next byte, the number of the line, and what it reads. */
interface Cursor {
  bytes: Uint8Array;
  at: number;
  line: number;
  columns: string[];
}

function parseRows(bytes: Uint8Array, columns: string[]): LabelledImages {
  // A field takes a digit and a separator at least, which bounds what is set aside by the bytes that are there.
  const capacity = Math.floor((bytes.length + 1) / (2 * COLUMNS));
  const images = new Uint8Array(capacity * PIXELS);
  const labels = new Uint8Array(capacity);
  const cursor = { bytes, at: 0, line: 1, columns };
  const places = Int32Array.from(columns, (name) => (name === "label" ? -1 : Number(name.slice(5)) - 1));
  let count = 0;
  for (; cursor.at < bytes.length; count++) {
    cursor.line++;
    for (let column = 0; column < COLUMNS; column++) {
      const value = readField(cursor, column, places[column] < 0 ? CLASSES : 256);
      if (places[column] < 0) labels[count] = value;
      else images[count * PIXELS + places[column]] = value;
    }
  }
  return { images: images.slice(0, count * PIXELS), labels: labels.slice(0, count), count };
}

function readField(cursor: Cursor, column: number, limit: number): number {
  const start = cursor.at;
  const isQuoted = skip(cursor, QUOTE);
  const value = readInteger(cursor);
  const isClosed = !isQuoted || skip(cursor, QUOTE);
  const isEnded = column === COLUMNS - 1 ? skipLineEnd(cursor) : skip(cursor, COMMA);
  if (value < 0 || value >= limit || !isClosed || !isEnded) throw fieldError({ ...cursor, at: start }, column, limit);
  return value;
}

/** The integer at the cursor, or -1 where there is none. */
function readInteger(cursor: Cursor): number {
  const { bytes } = cursor;
  let at = cursor.at;
  let value = 0;
  for (let digit = bytes[at] - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at] - ZERO) value = value * 10 + digit;
  if (at === cursor.at) return -1;
  cursor.at = at;
  return value;
}

function skip(cursor: Cursor, byte: number): boolean {
  if (cursor.bytes[cursor.at] !== byte) return false;
  cursor.at++;
  return true;
}

function skipLineEnd(cursor: Cursor): boolean {
  skip(cursor, RETURN);
  return cursor.at >= cursor.bytes.length || skip(cursor, NEWLINE);
}

function fieldError({ bytes, at, line, columns }: Cursor, column: number, limit: number): Error {
  const field = /^[^,\r\n]*/.exec(Buffer.from(bytes.subarray(at, at + 100)).toString("latin1"))?.[0] ?? "";
  const place = `parseCsv(): line ${line}, column ${columns[column]}`;
  if (!/^("?)\d+\1$/.test(field))
    return new SyntaxError(`${place}: got ${quoted(field)}, wanted an integer from 0 to ${limit - 1}`);
  if (Number(field.replace(/"/g, "")) >= limit)
    return new RangeError(`${place}: got ${field}, wanted an integer from 0 to ${limit - 1}`);
  const got = column === COLUMNS - 1 ? `more than ${COLUMNS}` : column + 1;
  return new SyntaxError(`parseCsv(): line ${line}: got ${got} columns, wanted ${COLUMNS} as in the header`);
}
