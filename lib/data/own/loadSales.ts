import { SEASONS, type Every, type SalesSeries } from "../salesSeries";
import { checkFile } from "./checkFile";
import { csvRows } from "./csvRows";
import { PeriodAdder, type Gaps } from "./periodSums";
import { isOnlineRetail, onlineRetailReader, plainReader, type ColumnOptions, type RowReader } from "./salesColumns";

/** How to add up a file of sales. */
export interface LoadSalesOptions extends ColumnOptions {
  /** The length of a period, default "week", from Monday. */
  every?: Every;
  /** Periods without a row: "refuse" them, take them for "zero", or for the "previous" value. Default "zero" for Online Retail II, else "refuse". */
  gaps?: Gaps;
}

/** Sales from a file. */
export interface LoadedSales extends SalesSeries {
  /** Rows that were added up. */
  rows: number;
  /** Rows that were left out: cancellations, returns, gifts, other products. */
  leftOut: number;
  /** Periods at the ends that the file covers in part, left out: 0 to 2. */
  partial: number;
}

/**
 * Loads sales from a CSV file (also with semicolons or tabs, also as .gz) and adds them up by week, month or day. Any file
 * with a column of dates and one of numbers will do. One in the layout of Online Retail II (Chen, 2012; UCI Machine
 * Learning Repository) is known by its columns, in both spellings; its cancellations and returns are left out,
 * and weeks without sales are 0. Memory does not grow with the file. Where rows lie closer than the periods, the first
 * and the last period are left out unless the rows reach their edges.
 *
 * @param file - a path, from the notebook's folder
 * @throws RangeError for a file, a column or a period that is not there; SyntaxError with line and column for a date or a
 * number that is none
 */
export async function loadSales(file: string, options: LoadSalesOptions = {}): Promise<LoadedSales> {
  checkFile("loadSales()", file);
  const { every = "week" } = options;
  const call = `loadSales(): ${file}`;
  const adder = new PeriodAdder(every);
  const counts = { rows: 0, leftOut: 0 };
  let read: RowReader | undefined;
  let retail = false;
  for await (const { rows, delimiter } of csvRows(file)) {
    if (!read) {
      const names = rows.shift()!.fields.map((name) => name.trim());
      retail = options.date === undefined && options.value === undefined && isOnlineRetail(names);
      read = retail ? onlineRetailReader(names, call, options) : plainReader(names, call, { ...options, delimiter });
    }
    for (const { fields, line } of rows) {
      const { day, value } = read(fields, line);
      adder.add(day, value);
      counts[value === undefined ? "leftOut" : "rows"]++;
    }
  }
  return {
    ...adder.finish(options.gaps ?? (retail ? "zero" : "refuse"), call),
    ...counts,
    period: SEASONS[every],
    every,
  };
}
