import { parseDay } from "./parseDay";

/**
 * What a row of a file of sales says.
 *
 * @internal
 */
export interface SalesRow {
  /** In days since 1970. */
  day: number;
  /** None where the row is no sale. */
  value?: number;
}

/**
 * Reads rows of a file whose columns are known.
 *
 * @internal
 */
export type RowReader = (fields: string[], line: number) => SalesRow;

/** How to read the columns of a file. */
export interface ColumnOptions {
  /** The column of the dates; default: the first one whose name holds "date", "day", "week", "month" or "time". */
  date?: string;
  /** The column of the values; default: the only other one, or the first named like sales, value, quantity or amount. */
  value?: string;
  /** Whether dates such as 1/12/2009 have the day first; default false. */
  dayFirst?: boolean;
  /** Online Retail II: add up "revenue" (quantity times price, the default) or "units". */
  measure?: "revenue" | "units";
  /** Online Retail II: only rows of this stock code. */
  product?: string;
}

/**
 * Whether the columns are those of Online Retail II, in either of its spellings.
 *
 * @internal
 */
export function isOnlineRetail(names: readonly string[]): boolean {
  const has = (...either: string[]) => names.some((name) => either.includes(plain(name)));
  return has("invoice", "invoiceno") && has("quantity") && has("invoicedate") && has("price", "unitprice");
}

/**
 * A reader of Online Retail II's rows (InvoiceNo or Invoice, StockCode, Description, Quantity, InvoiceDate, UnitPrice or
 * Price, Customer ID, Country). Cancellations (an invoice that begins with C) and rows whose quantity or price is not
 * above 0 (returns, write-offs, gifts) are left out.
 *
 * @internal
 */
export function onlineRetailReader(names: readonly string[], place: string, options: ColumnOptions): RowReader {
  const { measure = "revenue", product, dayFirst } = options;
  const at = (...either: string[]) => names.findIndex((name) => either.includes(plain(name)));
  const [invoice, stock] = [at("invoice", "invoiceno"), at("stockcode")];
  const [quantity, date, price] = [at("quantity"), at("invoicedate"), at("price", "unitprice")];
  return (fields, line) => {
    const where = { place, line };
    const day = dayOf(fields[date], names[date], { ...where, dayFirst });
    const units = numberOf(fields[quantity], names[quantity], where);
    const each = numberOf(fields[price], names[price], where);
    const isCancelled = /^c/i.test(fields[invoice] ?? "");
    const isOther = product !== undefined && fields[stock]?.trim() !== product;
    if (isCancelled || isOther || !(units > 0) || !(each > 0)) return { day };
    return { day, value: measure === "units" ? units : units * each };
  };
}

/**
 * A reader of rows with a date and a value.
 *
 * @throws RangeError for a column that is not there, or cannot be told
 * @internal
 */
export function plainReader(
  names: readonly string[],
  place: string,
  options: ColumnOptions & { delimiter: string },
): RowReader {
  const { dayFirst, delimiter } = options;
  const date = chooseColumn(names, place, { given: options.date, kind: "date", like: /date|day|week|month|time/i });
  const others = names.filter((_, i) => i !== date);
  const value = chooseColumn(names, place, {
    given: options.value ?? (others.length === 1 ? others[0] : undefined),
    kind: "value",
    like: /sales|value|quantity|amount|units|revenue|sold/i,
  });
  return (fields, line) => {
    const where = { place, line, decimalComma: delimiter !== "," };
    return {
      day: dayOf(fields[date], names[date], { ...where, dayFirst }),
      value: numberOf(fields[value], names[value], where),
    };
  };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}

function chooseColumn(
  names: readonly string[],
  place: string,
  { given, kind, like }: { given?: string; kind: string; like: RegExp },
): number {
  const found = names.findIndex((name) => (given === undefined ? like.test(name) : name === given));
  if (found >= 0) return found;
  const asked = given === undefined ? `no column that is clearly the ${kind}` : `no column "${given}"`;
  throw new RangeError(
    `${place} has ${asked}; its columns are ${names.join(", ")}; pass { ${kind}: "NAME" } with one of them`,
  );
}

interface Where {
  place: string;
  line: number;
}

function dayOf(text: string | undefined, column: string, where: Where & { dayFirst?: boolean }): number {
  const day = parseDay(text ?? "", where.dayFirst);
  if (day !== undefined) return day;
  const cure = /^\d{1,2}\/\d{1,2}\/\d{4}/.test(text ?? "")
    ? `pass { dayFirst: ${!where.dayFirst} }`
    : "write dates as in 2020-01-05";
  throw cellError(text, column, { ...where, wanted: `a date; ${cure}` });
}

function numberOf(
  text: string | undefined,
  column: string,
  { decimalComma = false, ...where }: Where & { decimalComma?: boolean },
): number {
  const trimmed = (text ?? "").trim();
  const value = Number(decimalComma ? trimmed.replace(",", ".") : trimmed);
  if (trimmed !== "" && Number.isFinite(value)) return value;
  throw cellError(text, column, { ...where, wanted: "a number such as 12.5" });
}

function cellError(
  text: string | undefined,
  column: string,
  { place, line, wanted }: Where & { wanted: string },
): SyntaxError {
  const got = text === undefined ? "nothing" : JSON.stringify(text.slice(0, 40));
  return new SyntaxError(`${place}, line ${line}, column "${column}": got ${got}, wanted ${wanted}`);
}
