/**
 * Interleaves columns to rows: [columns] of [rows] become [rows, columns], row after row.
 *
 * @throws TypeError when there is no column, or the columns are not of one length
 */
export function toRows(columns: ArrayLike<number>[]): Float64Array {
  if (columns.length === 0) throw new TypeError("toRows(): there is no column; give one or more");
  const lengths = columns.map(({ length }) => length);
  if (new Set(lengths).size !== 1)
    throw new TypeError(`toRows(): the columns have ${lengths.join(", ")} values; they must be of one length`);
  const width = columns.length;
  return Float64Array.from({ length: width * lengths[0] }, (_, i) => columns[i % width][Math.floor(i / width)]);
}
