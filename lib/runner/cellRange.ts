import { cellTitles } from "./headings";
import { type Cell, hasTag, isExecuted, type Notebook } from "./notebook";

/** Which cells to run, each end by its number as a run prints it, its id, a tag, or the heading above it. */
export interface RangeOptions {
  from?: string;
  until?: string;
}

/** Places among the cells that are executed, counted from 0; both ends belong to it. */
export interface CellRange {
  first: number;
  last: number;
}

/**
 * The range of cells that is asked for, all by default. A heading may be shortened to some of its words, and stands for
 * all cells below it: `from` takes the first of them, `until` the last. Throws a RangeError, in one line, for a cell that
 * is not there, for words that more than one heading has, and for an end before the start.
 */
export function cellRange(notebook: Notebook, { from, until }: RangeOptions): CellRange {
  const cells = notebook.cells.filter(isExecuted);
  const first = from === undefined ? 0 : Math.min(...find(notebook, cells, { option: "--from", word: from }));
  const last =
    until === undefined ? cells.length - 1 : Math.max(...find(notebook, cells, { option: "--until", word: until }));
  if (first <= last || cells.length === 0) return { first, last };
  throw new RangeError(`--until "${until}" is cell ${last + 1}, before --from "${from}", cell ${first + 1}`);
}

interface Wanted {
  option: string;
  word: string;
}

/** The places of the cells a word stands for: by number, else by id, else by tag, else by heading. */
function find(notebook: Notebook, cells: Cell[], { option, word }: Wanted): number[] {
  const number = /^\d+$/.test(word) ? Number(word) : NaN;
  if (number >= 1 && number <= cells.length) return [number - 1];
  const titles = cellTitles(notebook);
  const places = (test: (cell: Cell) => boolean) => cells.flatMap((cell, index) => (test(cell) ? [index] : []));
  for (const test of [(cell: Cell) => cell.id === word, (cell: Cell) => hasTag(cell, word)]) {
    const found = places(test);
    if (found.length > 0) return found;
  }
  const headings = [...new Set(cells.map((cell) => titles.get(cell) ?? ""))];
  const meant = headingsMeant(headings, word);
  if (meant.length > 1)
    throw new RangeError(
      `${option} "${word}" may be ${meant.map((title) => `"${title}"`).join(" or ")}; give more of it`,
    );
  if (meant.length === 1) return places((cell) => titles.get(cell) === meant[0]);
  throw new RangeError(
    `${option} is "${word}"; a number from 1 to ${cells.length}, a cell's id, a tag or a heading with code below it is wanted`,
  );
}

/** The heading of these words, or else those that begin with them, or else those that hold them; capitals do not matter. */
function headingsMeant(headings: string[], words: string): string[] {
  if (words === "") return [];
  const whole = (heading: string, at: number) =>
    at >= 0 && !LETTER_AFTER.test(heading.slice(at + words.length)) && !LETTER_BEFORE.test(heading.slice(0, at));
  const places = headings.map((heading) => heading.toLowerCase().indexOf(words.toLowerCase()));
  const exact = headings.filter((heading) => heading === words);
  const starting = headings.filter((heading, index) => places[index] === 0 && whole(heading, 0));
  const holding = headings.filter((heading, index) => whole(heading, places[index]));
  return [exact, starting, holding].find(({ length }) => length > 0) ?? [];
}

const LETTER_AFTER = /^[\p{L}\p{N}]/u;
const LETTER_BEFORE = /[\p{L}\p{N}]$/u;
