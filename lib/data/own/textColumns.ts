/**
 * A column of a file, as text.
 *
 * @internal
 */
export interface TextColumn {
  name: string;
  /** The texts of the rows; undefined where one is missing. */
  texts: (string | undefined)[];
  /** The number of a row's line. */
  lineOf(row: number): number;
  /** What errors begin with. */
  place: string;
  /** Whether numbers may have a comma before their fraction, as where fields are separated by semicolons. */
  decimalComma: boolean;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?inf(inity)?$/i;
const COMMA_NUMBER = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;
const ISO_DATE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const TRUTH = /^(true|false)$/i;
/** A number with a currency, a percent sign or marks between its digits; a date that is not ISO 8601's. */
const LIKE_NUMBER = /^[+-]?\s*[$€£¥]?\s*[+-]?\d[\d.,'’\s]*[%$€£¥]?$/;
const LIKE_DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T,]|$)/;
/** A column with more numbers than that has a slip in it, and is none of categories. */
const MOSTLY = 0.9;
const FEW = 10;

/**
 * A column by what all its texts are: numbers, dates of ISO 8601, true and false, or texts. What a person would take for
 * numbers or dates, and would be categories here, is refused.
 *
 * @throws SyntaxError with line and column for what is refused, and for a number that is not finite
 * @internal
 */
export function typedColumn(column: TextColumn): unknown[] {
  const { texts, decimalComma } = column;
  const are = (form: RegExp) => texts.every((text) => text === undefined || form.test(text));
  if (are(NUMBER)) return toNumbers(column, (text) => text);
  if (decimalComma && are(COMMA_NUMBER)) return toNumbers(column, (text) => text.replace(",", "."));
  if (are(ISO_DATE)) return toDates(column);
  if (are(TRUTH)) return texts.map((text) => (text === undefined ? undefined : text.toLowerCase() === "true"));
  if (are(LIKE_NUMBER)) throw refusal(column, texts.findIndex((text) => text !== undefined && !NUMBER.test(text)), "a number"); // prettier-ignore
  if (are(LIKE_DATE)) throw refusal(column, texts.findIndex((text) => text !== undefined), "a date"); // prettier-ignore
  refuseSlips(column);
  return texts;
}

function toNumbers(column: TextColumn, plain: (text: string) => string): (number | undefined)[] {
  return column.texts.map((text, row) => {
    const value = text === undefined ? undefined : Number(plain(text));
    if (value === undefined || Number.isFinite(Math.fround(value))) return value;
    throw new SyntaxError(`${cellOf(column, row)}: got "${text}", wanted a finite number of 32 bits`);
  });
}

/** A time without a zone is taken for UTC, so that a file is the same everywhere. */
function toDates(column: TextColumn): (Date | undefined)[] {
  return column.texts.map((text, row) => {
    if (text === undefined) return undefined;
    const hasZone = text.length === 10 || /(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10));
    const date = new Date(hasZone ? text : `${text.replace(" ", "T")}Z`);
    if (!Number.isNaN(date.getTime())) return date;
    throw new SyntaxError(`${cellOf(column, row)}: got "${text}", which is no day of the calendar`);
  });
}

/** Refuses a column of numbers but for a few texts. */
function refuseSlips(column: TextColumn): void {
  const given = column.texts.filter((text) => text !== undefined);
  const isNumber = (text: string) => NUMBER.test(text) || (column.decimalComma && COMMA_NUMBER.test(text));
  const count = given.filter(isNumber).length;
  if (given.length < FEW || count === given.length || count < MOSTLY * given.length) return;
  throw refusal(column, column.texts.findIndex((text) => text !== undefined && !isNumber(text)), "a number as the others"); // prettier-ignore
}

function refusal(column: TextColumn, row: number, wanted: string): SyntaxError {
  const name = JSON.stringify(column.name);
  const cure = `{ parse: { ${name}: (text) => … } } says what it is, { parse: { ${name}: String } } takes each text for a category`;
  return new SyntaxError(`${cellOf(column, row)}: got "${column.texts[row]}", wanted ${wanted}; ${cure}`);
}

function cellOf({ place, lineOf, name }: TextColumn, row: number): string {
  return `${place}, line ${lineOf(row)}, column "${name}"`;
}
