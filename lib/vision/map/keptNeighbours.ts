import type { Embeddings } from "../embeddings";
import type { Neighbours } from "./nearestNeighbours";
import { nearestNeighbours } from "./nearestNeighbours";
import { squaredDistances } from "./squaredDistances";

/**
 * The share of neighbours that two spaces have in common, mean over all rows: 1 when each row has the same neighbours in
 * both, in whatever order.
 *
 * @throws TypeError for another number of rows or neighbours
 */
export function sharedNeighbours(one: Neighbours, other: Neighbours): number {
  const { rows, count } = one;
  if (rows.length !== other.rows.length || count !== other.count)
    throw new TypeError(
      `sharedNeighbours(): ${rows.length / count} rows of ${count} neighbours and ${other.rows.length / other.count} of ${other.count}; find both alike`,
    );
  let common = 0;
  for (let start = 0; start < rows.length; start += count) {
    const known = new Set(rows.subarray(start, start + count));
    for (let at = start; at < start + count; at++) if (known.has(other.rows[at])) common++;
  }
  return common / rows.length;
}

/**
 * Trustworthiness of a map (Venna and Kaski, 2001), 0 to 1: whether what is near on the map is near in the data. Each
 * neighbour on the map that is none in the data costs as much as its rank in the data is too large. About 0.5 for points
 * at random.
 *
 * @param data - the vectors, [rows, length]
 * @param map - their places on the map, [rows, 2]
 * @param options - settings by name
 * @param options.count - neighbours that are looked at, below half of the rows; default 15
 * @throws TypeError for another number of places, RangeError for a `count` that is too large
 */
export function trustworthiness(data: Embeddings, map: Embeddings, { count = 15 } = {}): number {
  const rows = data.vectors.length / data.length;
  const places = map.vectors.length / map.length;
  if (rows !== places)
    throw new TypeError(`trustworthiness(): ${places} places for ${rows} rows; give one for each row`);
  if (!(count < rows / 2))
    throw new RangeError(`trustworthiness(): count is ${count}; it must be below half of the ${rows} rows`);
  const near = nearestNeighbours(map, { count });
  let cost = 0;
  squaredDistances(data, data, (line, row) => {
    line[row] = Infinity; // no neighbour of its own
    for (let at = row * count; at < (row + 1) * count; at++) cost += Math.max(0, rankIn(line, near.rows[at]) - count);
  });
  return 1 - (cost * 2) / (rows * count * (2 * rows - 3 * count - 1));
}

/** Place of an element among all of them, the smallest being 1. */
function rankIn(line: Float32Array, element: number): number {
  const value = line[element];
  let rank = 1;
  for (let other = 0; other < line.length; other++)
    if (line[other] < value || (line[other] === value && other < element)) rank++;
  return rank;
}
