import { createHash } from "node:crypto";
import type { Coo } from "./coo";
import { extendDataset, type Dataset, type Id } from "./dataset";
import { openDraft } from "./draftFile";
import { formatHead, HEAD_BYTES, MARK, openInteractionFile, type InteractionFile } from "./interactionFile";
import { nextTurn } from "./nextTurn";

/** One interaction, a user and an item, or many at once. */
export type FileRows = readonly [Id, Id] | ManyRows;

/** Interactions by column, or as a matrix, whose rows and columns are numbers also where a data set knows names. */
type ManyRows = { users: ArrayLike<Id>; items: ArrayLike<Id> } | Coo;

/** Options of `writeInteractionFile`. */
export interface WriteOptions {
  /** Knows the rows of names; those that are new are registered. Without one, users and items are numbers from 0 on. */
  dataset?: Dataset;
  /** How many users there are. Default: those of the data set and the matrices, or up to the largest number that came. */
  users?: number;
  /** The same for items. */
  items?: number;
}

/**
 * Writes interactions into a file for `fit`, as they come; nothing of them stays in memory. Each takes 8 bytes. What is
 * kept of a matrix's values is whether they are above 0; there are no weights. Whoever reads the file meanwhile, or a
 * crash, meets all of the old content or all of the new one.
 *
 * @param interactions - many at once, or an iterable or a stream of single ones and of many
 * @throws TypeError for rows of another form, RangeError for a number that is no row or lies beyond `users` or `items`;
 * what the stream or the file system throws. The file is then as it was
 */
export async function writeInteractionFile(
  path: string,
  interactions: ManyRows | Iterable<FileRows> | AsyncIterable<FileRows>,
  options: WriteOptions = {},
): Promise<InteractionFile> {
  const writer = openWriter(path);
  const add = adder(writer, options);
  try {
    if (Symbol.asyncIterator in interactions) for await (const rows of interactions) add(rows);
    else await addAll(Symbol.iterator in interactions ? interactions : [interactions], add, writer);
    writer.finish(options);
  } finally {
    writer.close();
  }
  return openInteractionFile(path);
}

/** Interactions after which timers, signals and output have their turn. */
const PORTION = 2 ** 18;

async function addAll(rows: Iterable<FileRows>, add: (rows: FileRows) => void, writer: Writer): Promise<void> {
  let due = PORTION;
  for (const some of rows) {
    add(some);
    if (writer.length < due) continue;
    await nextTurn();
    due = writer.length + PORTION;
  }
}

/** A file that is being written. */
interface Writer {
  readonly length: number;
  /** Makes the file know of so many users and items. */
  grow(rows: number, columns: number): void;
  add(user: number, item: number, positive: boolean): void;
  /** Gives the file its name; `users` and `items` may be more than came. */
  finish(shape: { users?: number; items?: number }): void;
  close(): void;
}

/** Interactions that are written at a time. */
const BUFFERED = 2 ** 16;

function openWriter(path: string): Writer {
  const draft = openDraft(path);
  const hash = createHash("sha256");
  const pairs = new Int32Array(2 * BUFFERED);
  let [rows, columns, length, negatives, place] = [0, 0, 0, 0, 0];
  draft.write(new Uint8Array(HEAD_BYTES));
  const flush = () => {
    const bytes = new Uint8Array(pairs.buffer, 0, place * 4);
    hash.update(bytes);
    draft.write(bytes);
    place = 0;
  };
  return {
    get length() {
      return length;
    },
    grow(users, items) {
      rows = Math.max(rows, users);
      columns = Math.max(columns, items);
    },
    add(user, item, positive) {
      pairs[place++] = user;
      pairs[place++] = positive ? item : item | MARK;
      if (user >= rows) rows = user + 1;
      if (item >= columns) columns = item + 1;
      if (!positive) negatives++;
      length++;
      if (place === pairs.length) flush();
    },
    finish({ users = rows, items = columns }) {
      flush();
      draft.write(formatHead({ rows: users, columns: items, length, negatives }, hash), 0);
      draft.keep();
    },
    close: draft.close,
  };
}

function adder(writer: Writer, { dataset, users, items }: WriteOptions): (rows: FileRows) => void {
  const userOf = rowFinder("user", dataset, users);
  const itemOf = rowFinder("item", dataset, items);
  const [userRow, itemRow] = [rowFinder("user", undefined, users), rowFinder("item", undefined, items)];
  const place = () => writer.length;
  if (dataset) writer.grow(dataset.users.ids.length, dataset.items.ids.length);
  return (rows) => {
    if (isRow(rows)) writer.add(userOf(rows[0], place), itemOf(rows[1], place), true);
    else if (isMatrix(rows)) {
      const { rowIndices, columnIndices, values } = rows;
      checkLengths(rowIndices.length, columnIndices.length, values.length);
      writer.grow(rows.rows, rows.columns);
      for (let i = 0; i < values.length; i++)
        writer.add(userRow(rowIndices[i], place), itemRow(columnIndices[i], place), values[i] > 0);
    } else if (isColumns(rows)) {
      checkLengths(rows.users.length, rows.items.length);
      for (let i = 0; i < rows.users.length; i++)
        writer.add(userOf(rows.users[i], place), itemOf(rows.items[i], place), true);
    } else
      throw new TypeError(
        `writeInteractionFile(): interaction ${writer.length} is ${JSON.stringify(rows)}; wanted [user, item], { users, items } or a matrix; there are no weights`,
      );
  };
}

function isRow(rows: FileRows): rows is readonly [Id, Id] {
  return Array.isArray(rows) && rows.length === 2;
}

function isMatrix(rows: FileRows): rows is Coo {
  return typeof rows === "object" && rows !== null && "rowIndices" in rows;
}

function isColumns(rows: FileRows): rows is Extract<FileRows, { users: unknown }> {
  return typeof rows === "object" && rows !== null && "users" in rows && "items" in rows;
}

function checkLengths(users: number, items: number, values = users): void {
  if (users !== items || users !== values)
    throw new TypeError(
      `writeInteractionFile(): ${users} users, ${items} items and ${values} values; give one of each for every interaction`,
    );
}

/** Users and items are kept as signed 32-bit integers. */
const MOST = 0x7fffffff;

/** Finds the row of a name, or checks a number where names are not known. */
function rowFinder(kind: "user" | "item", dataset: Dataset | undefined, count = MOST) {
  const checked = (row: Id, place: () => number): number => {
    if (typeof row === "number" && row >= 0 && row < count && Number.isInteger(row)) return row;
    const cure = typeof row === "string" ? "; give the data set that knows its row" : "";
    throw new RangeError(
      `writeInteractionFile(): ${kind} ${JSON.stringify(row)} of interaction ${place()} is not an integer from 0 to ${count - 1}${cure}`,
    );
  };
  if (!dataset) return checked;
  const side = kind === "user" ? dataset.users : dataset.items;
  return (id: Id, place: () => number): number => {
    if (!side.rowOf.has(id)) extendDataset(dataset, kind === "user" ? { users: [id] } : { items: [id] });
    return checked(side.rowOf.get(id)!, place);
  };
}
