import { areNumbers, columnTexts } from "../notebook/columnTexts";
import { type Grid, isNumeric, type Tabular, toGrid } from "../notebook/grid";
import { gridBundle } from "../notebook/table";
import { EXPLORE_FRONT } from "./exploreFront";
import { ownModel } from "./ownModel";
import { newTableSearch, type TableQuery } from "./tableQuery";
import { bundleOf, newWidget, type Widget } from "./widget";

/** Options of `explore`. */
export interface ExploreOptions {
  /** Rows of a page; default 10. */
  rows?: number;
  /** Columns that are shown at most, the first ones; default 50. */
  columns?: number;
}

/** Rows of a table as they are shown. */
interface Page {
  cells: string[][];
  /** Rows that meet the query. */
  found: number;
}

/**
 * A table that can be sorted, filtered and paged through. The rows stay in the kernel, which sends one page at a time, so
 * that a table of 60,000 rows is as quick as a small one. Its value tells how it is looked at. Without a kernel the page that
 * was seen last stays; without widgets it looks as `table` shows it.
 *
 * @param data - an arquero table, an array of objects or `{ columns, rows }`
 * @throws TypeError when the value is none of these
 */
export function explore(data: Tabular, { rows = 10, columns = 50 }: ExploreOptions = {}): Widget<TableQuery> {
  const whole = toGrid(data);
  const grid = { ...whole, names: whole.names.slice(0, columns) };
  const search = newTableSearch(grid);
  const query: TableQuery = { sort: -1, descending: false, filters: grid.names.map(() => ""), page: 0 };
  let known: { key: string; found: Uint32Array } = { key: "", found: new Uint32Array() };

  const pageOf = (asked: TableQuery): Page => {
    const key = JSON.stringify({ ...asked, page: 0 });
    if (key !== known.key) known = { key, found: search(asked) };
    const places = [...known.found.subarray(asked.page * rows, (asked.page + 1) * rows)];
    const texts = grid.names.map((_, column) => columnTexts(places.map((row) => grid.cell(row, column))));
    return { cells: places.map((_, at) => texts.map((column) => column[at])), found: known.found.length };
  };

  const first = pageOf(query);
  const heads = grid.names.map((_, column) => headOf(grid, column, first));
  const model = ownModel("explore", EXPLORE_FRONT, { heads, query, size: rows, count: grid.count, shown: first });
  model.onChange(() => {
    const asked = toQuery(model.state.query);
    if (asked) model.set({ shown: pageOf(asked) });
  });
  const widget = newWidget<TableQuery>(model, {
    read: ({ query: now }) => toQuery(now),
    write: (wanted) => ({ query: wanted, shown: pageOf(wanted) }),
  });
  const still = () => ({ ...bundleOf(model), ...gridBundle(whole) });
  return Object.defineProperty(widget, Symbol.for("Jupyter.display"), { value: still });
}

function headOf({ names, heads = names, type }: Grid, column: number, { cells }: Page) {
  const texts = cells.map((row) => row[column]);
  return { name: heads[column], type: type(column), right: isNumeric(type(column)) || areNumbers(texts) };
}

function toQuery(given: unknown): TableQuery | undefined {
  const { sort, descending, filters, page } = given as Record<string, unknown>;
  const isQuery = Number.isInteger(sort) && Number.isInteger(page) && Number(page) >= 0 && Array.isArray(filters);
  return isQuery
    ? ({ sort, descending: descending === true, filters: filters.map(String), page } as TableQuery)
    : undefined;
}
