import { cellText } from "../notebook/cellText";
import type { Grid } from "../notebook/grid";

/** How a table is to be looked at. */
export interface TableQuery {
  /** The column that rows are sorted by, counted from 0; -1 for none. */
  sort: number;
  descending: boolean;
  /**
   * For each column what its rows must meet, empty for all: a part of the text in either case, or for numbers and dates also
   * `> 5`, `<= 5`, `= 5`, `5..10` with both ends.
   */
  filters: string[];
  /** Counted from 0. */
  page: number;
}

/**
 * Gives the function that finds the rows of a table that a query asks for, in its order. Each column is read once. Gaps come
 * last in either order.
 *
 * @internal
 */
export function newTableSearch({ count, names, cell }: Grid): (query: TableQuery) => Uint32Array {
  const columns: unknown[][] = [];
  const column = (index: number) => (columns[index] ??= Array.from({ length: count }, (_, row) => cell(row, index)));
  const all = () => Uint32Array.from({ length: count }, (_, row) => row);

  return ({ sort, descending, filters }) => {
    let rows = all();
    for (const [index, text] of filters.slice(0, names.length).entries()) {
      if (text.trim() === "") continue;
      const values = column(index);
      const test = newTest(text.trim());
      rows = rows.filter((row) => test(values[row]));
    }
    return sort >= 0 && sort < names.length ? rows.sort(orderOf(column(sort), descending)) : rows;
  };
}

function orderOf(values: unknown[], descending: boolean) {
  const sign = descending ? -1 : 1;
  return (one: number, other: number): number => {
    const [a, b] = [values[one], values[other]];
    const gaps = Number(isGap(a)) - Number(isGap(b));
    return gaps !== 0 ? gaps : sign * compare(a, b) || one - other;
  };
}

function isGap(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function compare(a: unknown, b: unknown): number {
  if (isOrdered(a) && isOrdered(b)) return a < b ? -1 : a > b ? 1 : 0;
  return isGap(a) ? 0 : COLLATOR.compare(cellText(a), cellText(b));
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

function isOrdered(value: unknown): value is number {
  return ["number", "bigint", "boolean"].includes(typeof value) || value instanceof Date;
}

type Test = (value: unknown) => boolean;

const NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?";
const DAY = "\\d{4}-\\d\\d(?:-\\d\\d)?";
const COMPARISON = new RegExp(`^(>=|<=|=|>|<)\\s*(${DAY}|${NUMBER})$`, "i");
const SPAN = new RegExp(`^(${DAY}|${NUMBER})\\s*\\.\\.\\s*(${DAY}|${NUMBER})$`, "i");

const TESTS: Record<string, (value: number, bound: number) => boolean> = {
  ">": (value, bound) => value > bound,
  "<": (value, bound) => value < bound,
  ">=": (value, bound) => value >= bound,
  "<=": (value, bound) => value <= bound,
  "=": (value, bound) => value === bound,
};

function newTest(text: string): Test {
  const [, sign, bound] = COMPARISON.exec(text) ?? [];
  if (sign) return (value) => isOrdered(value) && TESTS[sign](Number(value), boundOf(bound));
  const [, from, to] = SPAN.exec(text) ?? [];
  if (from) return (value) => isOrdered(value) && Number(value) >= boundOf(from) && Number(value) <= boundOf(to);
  const part = text.toLowerCase();
  return (value) => cellText(value).toLowerCase().includes(part);
}

/** A day as its milliseconds, a number as it is. */
function boundOf(text: string): number {
  return new RegExp(`^${DAY}$`).test(text) ? Date.parse(text) : Number(text);
}
