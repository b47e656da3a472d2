import type { Place } from "../compiler/placeFinder";

/** The way between compiled code and what a person wrote, in both directions. Places count from 1. */
export interface LineMap {
  /** Where a place of the compiled code was written; undefined for code that nobody wrote. */
  written(compiled: Place): Place | undefined;
  /** Where the code of a line begins, or that of the next line that has any. */
  compiled(line: number): Place | undefined;
}

interface Mapping {
  compiled: Place;
  written: Place;
}

/** Reads a source map (version 3) of one source. Code without a map was written as it is. */
export function newLineMap(map: string | undefined): LineMap {
  if (map === undefined) return { written: (place) => place, compiled: (line) => ({ line, column: 1 }) };
  const { mappings } = JSON.parse(map) as { mappings: string };
  const lines = decoded(mappings);
  const first = new Map<number, Place>();
  for (const { compiled, written } of lines.flat()) if (!first.has(written.line)) first.set(written.line, compiled);
  const last = Math.max(0, ...first.keys());

  return {
    written: ({ line, column }) => {
      const before = (lines[line - 1] ?? []).filter(({ compiled }) => compiled.column <= column);
      return before.at(-1)?.written;
    },
    compiled: (line) => {
      for (let at = line; at <= last; at++) if (first.has(at)) return first.get(at);
      return undefined;
    },
  };
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The mappings of each compiled line, in the order of their columns. */
function decoded(mappings: string): Mapping[][] {
  let [line, column] = [1, 1];
  return mappings.split(";").map((text, i) => {
    let compiledColumn = 1;
    return text.split(",").flatMap((segment) => {
      const [compiledBy, , lineBy, columnBy] = numbersIn(segment);
      compiledColumn += compiledBy ?? 0;
      if (lineBy === undefined) return [];
      [line, column] = [line + lineBy, column + columnBy];
      return [{ compiled: { line: i + 1, column: compiledColumn }, written: { line, column } }];
    });
  });
}

/** The numbers of a segment: base 64, variable length, the sign in the last bit. */
function numbersIn(segment: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
