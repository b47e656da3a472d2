import { integer, type Random } from "../../../lib/random";
import { buildCoo, type Coo } from "../../../lib/recommend/coo";

/** The pairs of a matrix as words, in the order of the entries. */
export const pairsOf = ({ rowIndices, columnIndices }: Coo) =>
  [...rowIndices].map((row, place) => `${row} ${columnIndices[place]}`);

/** 300 interactions of 10 users and 20 items, many of them repeated, each with a time and numbered by its value. */
export function timedInteractions(random: Random): { interactions: Coo; times: number[] } {
  const draw = (limit: number) => Array.from({ length: 300 }, () => integer(random, 0, limit));
  const values = Array.from({ length: 300 }, (_, place) => place + 1);
  const interactions = buildCoo({ rows: 10, columns: 20, rowIndices: draw(10), columnIndices: draw(20), values });
  return { interactions, times: draw(100) };
}
