import * as fs from "node:fs";
import { createGunzip } from "node:zlib";
import { StringDecoder } from "node:string_decoder";
import { encodingOf } from "./readText";

/**
 * A row of a CSV file, and the number of the line it begins on, from 1.
 *
 * @internal
 */
export interface CsvRow {
  line: number;
  fields: string[];
}

/** A row longer than this is not one of a table: a quote was left open, or the file has no line ends. */
const LONGEST_ROW = 1 << 20;

/**
 * The rows of a CSV file, the names in the first one, a piece of the file at a time: memory does not grow with the file.
 * Commas, semicolons or tabs separate fields; quotes may hold them and line ends. A file whose name ends in .gz is
 * unpacked on the way.
 *
 * @returns groups of rows as they are read, with the delimiter found in the first line
 * @throws SyntaxError for a row that is too long, as where a quote is left open
 * @internal
 */
export async function* csvRows(file: string): AsyncGenerator<{ rows: CsvRow[]; delimiter: string }> {
  const source = fs.createReadStream(file, { highWaterMark: 1 << 18 });
  const stream = file.endsWith(".gz") ? source.pipe(createGunzip()) : source;
  source.on("error", (error) => stream.destroy(error)); // pipe() does not pass it on
  let decoder: StringDecoder | undefined;
  const parser = new RowParser(`loadSales(): ${file}`);
  for await (const chunk of stream) {
    decoder ??= new StringDecoder(encodingOf(chunk as Buffer) === "utf-16le" ? "utf-16le" : "utf-8");
    const rows = parser.take(decoder.write(chunk as Buffer));
    if (rows.length > 0) yield { rows, delimiter: parser.delimiter };
  }
  const rows = parser.end(decoder?.end() ?? "");
  if (rows.length > 0) yield { rows, delimiter: parser.delimiter };
}

/**
 * Cuts text into rows, whatever the pieces it comes in; empty lines are none.
 *
 * @internal
 */
export class RowParser {
  delimiter = "";
  private rest = "";
  private line = 0;
  /** Lines of a row whose quote is still open. */
  private pending: string[] = [];
  private length = 0;

  /** `place` is what errors begin with: the function and the file. */
  constructor(private readonly place: string) {}

  take(text: string): CsvRow[] {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop()!;
    if (this.rest.length > LONGEST_ROW) throw this.endless(this.rest.length);
    return lines.flatMap((line) => this.rowOf(line));
  }

  end(text: string): CsvRow[] {
    const rows = (this.rest + text).split("\n").flatMap((line) => this.rowOf(line));
    if (this.pending.length > 0) throw this.endless(this.length);
    return rows;
  }

  /** One row, or none where the line is empty or the row goes on. */
  private rowOf(line: string): CsvRow[] {
    this.line++;
    const open = this.pending.length > 0 !== hasOddQuotes(line);
    if (open || this.pending.length > 0) {
      this.pending.push(line);
      this.length += line.length;
      if (this.length > LONGEST_ROW) throw this.endless(this.length);
      if (open) return [];
    }
    const lines = Math.max(1, this.pending.length);
    const whole = this.pending.length > 0 ? this.pending.join("\n") : line;
    [this.pending, this.length] = [[], 0];
    if (whole.trim() === "") return [];
    return [{ line: this.line - lines + 1, fields: this.fieldsOf(whole.replace(/\r$/, "")) }];
  }

  private fieldsOf(row: string): string[] {
    if (this.delimiter === "") {
      row = row.replace(/^\uFEFF/, "");
      this.delimiter = delimiterOf(row);
    }
    return row.includes('"') ? quotedFields(row, this.delimiter) : row.split(this.delimiter);
  }

  private endless(length: number): SyntaxError {
    const line = this.line - this.pending.length + 1;
    return new SyntaxError(`${this.place}, line ${line}: the row has ${length} characters and no end; close its quote`);
  }
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/** What the line of names has most of. */
function delimiterOf(header: string): string {
  return [",", ";", "\t"].sort((a, b) => header.split(b).length - header.split(a).length)[0];
}

function quotedFields(row: string, delimiter: string): string[] {
  const fields: string[] = [];
  let [field, open] = ["", false];
  for (let i = 0; i < row.length; i++) {
    const character = row[i];
    if (character === '"' && open && row[i + 1] === '"') field += row[++i];
    else if (character === '"') open = !open;
    else if (character === delimiter && !open) {
      fields.push(field);
      field = "";
    } else field += character;
  }
  return [...fields, field];
}
