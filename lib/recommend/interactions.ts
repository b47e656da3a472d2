import { checkFinite, type Coo } from "./coo";
import { rowOfId, type Dataset, type Id } from "./dataset";

/** Interactions by row, (user, item) or (user, item, weight), or by column; a missing weight is 1. */
export type InteractionRows =
  Iterable<readonly [Id, Id, number?]> | { users: ArrayLike<Id>; items: ArrayLike<Id>; weights?: ArrayLike<number> };

/**
 * Two matrices with the same entries in the order of the rows, users by items: `interactions` holds a 1 for every row,
 * whatever its weight, and `weights` holds the weights. Rows that occur twice stay twice. Hand `weights` to `fit` as
 * `sampleWeight`, where 0 teaches nothing.
 *
 * @throws RangeError for an id the data set does not know or a weight that is not finite; TypeError for a row of
 * another length
 */
export function buildInteractions(dataset: Dataset, rows: InteractionRows): { interactions: Coo; weights: Coo } {
  const rowIndices: number[] = [];
  const columnIndices: number[] = [];
  const weights: number[] = [];
  const add = (user: Id, item: Id, weight = 1) => {
    rowIndices.push(rowOfId(dataset.users, user));
    columnIndices.push(rowOfId(dataset.items, item));
    weights.push(weight);
  };
  if (isByColumn(rows)) addColumns(rows, add);
  else addRows(rows, add);
  checkFinite(weights, "buildInteractions(): weight");
  const shape = {
    rows: dataset.users.ids.length,
    columns: dataset.items.ids.length,
    rowIndices: Int32Array.from(rowIndices),
    columnIndices: Int32Array.from(columnIndices),
  };
  const ones = new Float32Array(weights.length).fill(1);
  return { interactions: { ...shape, values: ones }, weights: { ...shape, values: Float32Array.from(weights) } };
}

type Columns = Extract<InteractionRows, { users: unknown }>;
type Add = (user: Id, item: Id, weight?: number) => void;

function isByColumn(rows: InteractionRows): rows is Columns {
  return !(Symbol.iterator in rows);
}

function addColumns({ users, items, weights }: Columns, add: Add): void {
  if (users.length !== items.length || (weights && weights.length !== users.length))
    throw new TypeError(
      `buildInteractions(): ${users.length} users, ${items.length} items and ${weights ? weights.length : users.length} weights; give one of each for every interaction`,
    );
  for (let i = 0; i < users.length; i++) add(users[i], items[i], weights?.[i]);
}

function addRows(rows: Iterable<readonly [Id, Id, number?]>, add: Add): void {
  let count = 0;
  for (const row of rows) {
    if (!Array.isArray(row) || row.length < 2 || row.length > 3)
      throw new TypeError(
        `buildInteractions(): row ${count} is ${JSON.stringify(row)}; wanted [user, item] or [user, item, weight]`,
      );
    add(row[0], row[1], row[2]);
    count++;
  }
}
