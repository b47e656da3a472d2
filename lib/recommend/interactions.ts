import { checkFinite, type Coo } from "./coo";
import { extendDataset, rowOfId, type Dataset, type Id } from "./dataset";
import { buildEntryList, type EntryList } from "./entryList";

/** Interactions by row, (user, item) or (user, item, weight), or by column; a missing weight is 1. */
export type InteractionRows = Iterable<InteractionRow> | InteractionColumns;

type InteractionRow = readonly [Id, Id, number?];

/** Many interactions at once. */
export interface InteractionColumns {
  users: ArrayLike<Id>;
  items: ArrayLike<Id>;
  weights?: ArrayLike<number>;
}

/** The same entries in the order of the rows: a 1 for every row, and its weight. */
export interface Interactions {
  interactions: Coo;
  weights: Coo;
}

/**
 * Two matrices with the same entries in the order of the rows, users by items: `interactions` holds a 1 for every row,
 * whatever its weight, and `weights` holds the weights. Rows that occur twice stay twice. Hand `weights` to `fit` as
 * `sampleWeight`, where 0 teaches nothing. Rows may come out of a generator, one at a time.
 *
 * @throws RangeError for an id the data set does not know or a weight that is not finite; TypeError for a row of
 * another length
 */
export function buildInteractions(dataset: Dataset, rows: InteractionRows): Interactions {
  const entries = buildEntryList();
  const add = adder(dataset, entries);
  if (isByColumn(rows)) addColumns(rows, add, CALL);
  else for (const row of rows) addRow(row, { add, place: entries.length, call: CALL });
  return finish(dataset, entries, CALL);
}

const CALL = "buildInteractions()";

/**
 * Reads interactions of any number as they come, from a file or a network, and registers users and items that the data
 * set does not know yet. The stream gives rows, or many rows at once by column, which is faster.
 *
 * Nothing is kept of a row but 12 bytes, and 4 more in the end for the ones. Ten million rows of half a million users
 * hold 160 MB beside the ids, and the process took 0.5 GB at most on the way (`npm run bench -- warp --dataset`). No more
 * than 16 million users or items, which is what a Map holds, and no more than 2^31 - 1 rows.
 *
 * @throws TypeError for a row of another form or a name that is none, RangeError for a weight that is not finite; ids
 * that came before it stay registered
 */
export async function streamInteractions(
  dataset: Dataset,
  rows: AsyncIterable<InteractionRow | InteractionColumns> | Iterable<InteractionRow | InteractionColumns>,
): Promise<Interactions> {
  const entries = buildEntryList();
  const known = adder(dataset, entries);
  const add: Add = (user, item, weight) => {
    if (!dataset.users.rowOf.has(user)) extendDataset(dataset, { users: [user] });
    if (!dataset.items.rowOf.has(item)) extendDataset(dataset, { items: [item] });
    known(user, item, weight);
  };
  const call = "streamInteractions()";
  const take = (row: InteractionRow | InteractionColumns) =>
    isColumns(row) ? addColumns(row, add, call) : addRow(row, { add, place: entries.length, call });
  if (Symbol.asyncIterator in rows) for await (const row of rows) take(row);
  else for (const row of rows) take(row);
  return finish(dataset, entries, call);
}

type Add = (user: Id, item: Id, weight?: number) => void;

function adder(dataset: Dataset, entries: EntryList): Add {
  return (user, item, weight = 1) => entries.add(rowOfId(dataset.users, user), rowOfId(dataset.items, item), weight);
}

function finish(dataset: Dataset, entries: EntryList, call: string): Interactions {
  const weights = entries.toCoo(dataset.users.ids.length, dataset.items.ids.length);
  checkFinite(weights.values, `${call}: weight`);
  return { interactions: { ...weights, values: new Float32Array(entries.length).fill(1) }, weights };
}

function isByColumn(rows: InteractionRows): rows is InteractionColumns {
  return !(Symbol.iterator in rows);
}

function isColumns(row: InteractionRow | InteractionColumns): row is InteractionColumns {
  return typeof row === "object" && row !== null && "users" in row && "items" in row;
}

function addColumns({ users, items, weights }: InteractionColumns, add: Add, call: string): void {
  if (users.length !== items.length || (weights && weights.length !== users.length))
    throw new TypeError(
      `${call}: ${users.length} users, ${items.length} items and ${weights ? weights.length : users.length} weights; give one of each for every interaction`,
    );
  for (let i = 0; i < users.length; i++) add(users[i], items[i], weights?.[i]);
}

function addRow(row: InteractionRow, { add, place, call }: { add: Add; place: number; call: string }): void {
  if (!Array.isArray(row) || row.length < 2 || row.length > 3)
    throw new TypeError(`${call}: row ${place} is ${JSON.stringify(row)}; wanted [user, item] or [user, item, weight]`);
  add(row[0], row[1], row[2]);
}
