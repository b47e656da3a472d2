import type { Coo } from "./coo";

/** Entries of a matrix that come one by one: 12 bytes each, and while an array is being enlarged 20. */
export interface EntryList {
  /** How many there are. */
  readonly length: number;
  /** Adds an entry at the end. */
  add(row: number, column: number, value: number): void;
  /** Everything so far; the list must not be added to afterwards. */
  toCoo(rows: number, columns: number): Coo;
}

/** An empty list of entries. Its typed arrays grow by half when they are full, so that no number is ever an object. */
export function buildEntryList(capacity = 1024): EntryList {
  let rowIndices = new Int32Array(capacity);
  let columnIndices = new Int32Array(capacity);
  let values = new Float32Array(capacity);
  let length = 0;
  const resize = (size: number) => {
    rowIndices = resized(rowIndices, new Int32Array(size));
    columnIndices = resized(columnIndices, new Int32Array(size));
    values = resized(values, new Float32Array(size));
  };
  return {
    get length() {
      return length;
    },
    add(row, column, value) {
      if (length === rowIndices.length) resize(Math.min(MAX_ENTRIES, Math.ceil(length * 1.5) + 1));
      if (length === MAX_ENTRIES)
        throw new RangeError(`more than ${MAX_ENTRIES} interactions do not fit into one matrix; split them`);
      rowIndices[length] = row;
      columnIndices[length] = column;
      values[length++] = value;
    },
    toCoo(rows, columns) {
      if (length < rowIndices.length) resize(length);
      return { rows, columns, rowIndices, columnIndices, values };
    },
  };
}

/** Places of entries are kept as signed 32-bit integers. */
const MAX_ENTRIES = 0x7fffffff;

function resized<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from.length <= to.length ? from : from.subarray(0, to.length));
  return to;
}
