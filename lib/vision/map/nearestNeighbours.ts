import type { Embeddings } from "../embeddings";
import { squaredDistances } from "./squaredDistances";

/** For each row asked for, the rows nearest to it, nearest first. */
export interface Neighbours {
  /** [rows, count] */
  rows: Int32Array;
  /** Euclidean distances to them, [rows, count]. */
  distances: Float32Array;
  /** Neighbours of each row. */
  count: number;
}

/** Options of `nearestNeighbours`. */
export interface NeighbourOptions {
  /** Neighbours of each row, default 15. */
  count?: number;
  /** The rows whose neighbours are looked for; default every row of the vectors, which is then no neighbour of its own. */
  queries?: Embeddings;
}

/**
 * The nearest rows by Euclidean distance, found by comparing all with all. Of rows at the same distance the first comes
 * first. For the order by cosine give vectors of length 1, as `toUnitLength` makes them.
 *
 * @param among - the rows to find neighbours in
 * @throws RangeError when there are not so many rows, TypeError for queries of another length
 */
export function nearestNeighbours(among: Embeddings, { count = 15, queries }: NeighbourOptions = {}): Neighbours {
  const asked = queries ?? among;
  const most = among.vectors.length / among.length - (queries ? 0 : 1);
  if (!Number.isInteger(count) || count < 1 || count > most)
    throw new RangeError(`nearestNeighbours(): count is ${count}; give a whole number from 1 to ${most}`);
  const size = (asked.vectors.length / asked.length) * count;
  const found = { rows: new Int32Array(size), distances: new Float32Array(size), count };
  squaredDistances(asked, among, (line, row) => {
    if (!queries) line[row] = Infinity;
    keepNearest(line, found, row);
  });
  found.distances.forEach((squared, place) => (found.distances[place] = Math.sqrt(squared)));
  return found;
}

/** Puts the smallest numbers of a line into the row's place, by insertion: few are small enough to get in. */
function keepNearest(line: Float32Array, { rows, distances, count }: Neighbours, row: number): void {
  const best = distances.subarray(row * count, (row + 1) * count).fill(Infinity);
  const who = rows.subarray(row * count, (row + 1) * count);
  for (let other = 0; other < line.length; other++) {
    if (!(line[other] < best[count - 1])) continue;
    let place = count - 1;
    for (; place > 0 && best[place - 1] > line[other]; place--) {
      best[place] = best[place - 1];
      who[place] = who[place - 1];
    }
    best[place] = line[other];
    who[place] = other;
  }
}
